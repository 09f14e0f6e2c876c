package dev.chasqui.guard.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chasqui.guard.verdict.Cause;
import dev.chasqui.guard.verdict.Score;
import dev.chasqui.guard.verdict.Verdict;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PoliciesTests {

  private static final Verdict UNDECIDED = Verdict.undecided(Cause.TIMED_OUT, "too late");

  @Test
  void noBuiltInPolicyAdmitsWhatIsUndecided() {
    assertThat(PolicySource.builtIn()).isNotEmpty().noneMatch(policy -> policy.admits(UNDECIDED));
  }

  @Test
  void looksForTheFourteenHazardsOfLlamaGuard3() {
    Policy policy = builtIn("default");

    assertThat(policy.categories()).hasSize(14);
    assertThat(policy.categories().getFirst()).isEqualTo(new Category("S1", "Violent Crimes", ""));
    assertThat(policy.categories().getLast().code()).isEqualTo("S14");
  }

  @Test
  void choosesByRequestThenByTenantThenTheDefault() {
    Policies policies =
        Policies.of(PolicySource.builtIn(), Map.of("lab", "default-guard"), Policies.DEFAULT_ID);

    assertThat(policies.choose("lab", Optional.of("default")).orElseThrow().id())
        .isEqualTo("default");
    assertThat(policies.choose("lab", Optional.empty()).orElseThrow().id())
        .isEqualTo("default-guard");
    assertThat(policies.choose("shop", Optional.empty()).orElseThrow().id()).isEqualTo("default");
    assertThat(policies.choose("shop", Optional.of("strange"))).isEmpty();
  }

  @Test
  void givesNewPromptsTheNewestVersionAndOldOnesTheirOwn() {
    Policy first = builtIn("default");
    Policy second = policy("id=default", "version=2");
    Policies policies = Policies.of(List.of(second, first), Map.of(), "default");

    assertThat(policies.choose("any", Optional.empty())).contains(second);
    assertThat(policies.find(first.key())).contains(first);
  }

  @Test
  void findsNoPolicyWhoseContentChanged() {
    PolicyKey key = builtIn("default").key();

    assertThat(Policies.builtIn().find(new PolicyKey(key.id(), key.version(), "0".repeat(64))))
        .isEmpty();
  }

  @Test
  void hashesEveryPartOfAPolicy() {
    List<String> hashes =
        List.of(
                "version=2",
                "undecided=admit",
                "code-scan=block",
                "review-threshold=0.4",
                "review-threshold=0.3",
                "review-timeout=PT1H",
                "review-unanswered=approve",
                "category-scores=always",
                "shadows=other",
                "languages=en",
                "languages=en,de",
                "category.S1.unsafe-threshold=0.4",
                "category.S1.review-threshold=0.4",
                "category.S2.review-threshold=0.4",
                "category.S1.action=allow",
                "category.S1.action=review")
            .stream()
            .map(line -> policy("id=default", line).key().hash())
            .toList();

    assertThat(hashes)
        .doesNotHaveDuplicates()
        .allSatisfy(hash -> assertThat(hash).matches("[0-9a-f]{64}"))
        .doesNotContain(builtIn("default").key().hash());
  }

  @Test
  void spellsOnlyWhatIsNotUsualIntoTheHash() {
    Policy policy = builtIn("default");

    assertThat(policy.codeScan()).isEqualTo(CodeScan.USUAL);
    assertThat(policy.reviews()).isEqualTo(Reviews.USUAL);
    assertThat(policy.key().hash())
        .as("the hash before there was a code scan or a review")
        .isEqualTo("454c6cba00f058124a2e6966f81e3d7388cf71b0c37975e2e02baf8f111ffed5");
  }

  @Test
  void letsNoReviewThroughByItself() {
    Verdict review = new Verdict.Review(new Score(0.4, 1), List.of());

    assertThat(policy("id=open", "undecided=admit", "review-threshold=0.1").admits(review))
        .isFalse();
  }

  @Test
  void refusesOneVersionWithTwoContents() {
    Policy policy = builtIn("default");
    Policy other = policy("id=default", "undecided=admit");

    assertThatThrownBy(() -> Policies.of(List.of(policy, other), Map.of(), "default"))
        .isInstanceOf(InvalidPolicyException.class)
        .hasMessageContaining("version 1 twice")
        .hasMessageContaining("version 2");
  }

  @Test
  void refusesReferencesToUnknownPolicies() {
    assertThatThrownBy(() -> Policies.of(PolicySource.builtIn(), Map.of("lab", "x"), "y"))
        .hasMessageContaining("\"x\"")
        .hasMessageContaining("\"y\"")
        .hasMessageContaining("default-guard");
  }

  private static Policy builtIn(String id) {
    return Policies.builtIn().choose("any", Optional.of(id)).orElseThrow();
  }

  private static Policy policy(String... lines) {
    return PolicySource.parse("test", String.join("\n", lines));
  }
}
