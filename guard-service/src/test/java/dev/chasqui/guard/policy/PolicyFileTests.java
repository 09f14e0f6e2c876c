package dev.chasqui.guard.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chasqui.guard.verdict.Action;
import dev.chasqui.guard.verdict.CategoryRule;
import dev.chasqui.guard.verdict.Severity;
import dev.chasqui.guard.verdict.Thresholds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PolicyFileTests {

  @TempDir Path directory;

  @Test
  void readsAnEditedTaxonomy() throws IOException {
    Policy policy =
        read(
            """
            id=shop
            version=3
            categories=S1, S7, X1
            descriptions=full
            category.S7.name=Personal records
            category.X1.name=Competitors
            category.X1.description=Praise of other shops.
            unsafe-threshold=0.3
            minimum-verdict-mass=0.8
            release-mode=full
            window-tokens=16
            code-scan=block
            code-scan-severity=medium
            review-threshold=0.2
            review-timeout=PT30M
            review-unanswered=approve
            """);

    assertThat(policy.key().toString()).isEqualTo("shop@3");
    assertThat(policy.categories()).extracting(Category::code).containsExactly("S1", "S7", "X1");
    assertThat(policy.categories().get(0).description()).startsWith("AI models should not create");
    assertThat(policy.categories().get(1).name()).isEqualTo("Personal records");
    assertThat(policy.categories().get(2).description()).isEqualTo("Praise of other shops.");
    assertThat(policy.thresholds()).isEqualTo(new Thresholds(0.3, Optional.of(0.2), 0.8));
    assertThat(policy.reviews())
        .isEqualTo(new Reviews(Duration.ofMinutes(30), Reviews.Unanswered.APPROVE));
    assertThat(policy.undecided()).isEqualTo(Undecided.BLOCK);
    assertThat(policy.release()).isEqualTo(new Release(ReleaseMode.FULL, 16));
    assertThat(policy.codeScan()).isEqualTo(new CodeScan(CodeScan.Action.BLOCK, Severity.MEDIUM));
  }

  @Test
  void namesEverythingThatIsWrong() {
    assertThatThrownBy(() ->
            read(
                """
                id=shop
                version=one
                categories=S1,S99
                undecided=maybe
                code-scan=perhaps
                review-timeout=soon
                review-unanswered=shrug
                unsafe-treshold=0.3
                """))
        .isInstanceOf(InvalidPolicyException.class)
        .hasMessageContaining("shop.policy")
        .hasMessageContaining("version is \"one\"")
        .hasMessageContaining("S99")
        .hasMessageContaining("[block, admit]")
        .hasMessageContaining("code-scan is \"perhaps\": use one of [off, warn, block]")
        .hasMessageContaining("review-timeout is \"soon\": write it as in PT24H")
        .hasMessageContaining("[reject, approve]")
        .hasMessageContaining("unsafe-treshold is not a key");
  }

  @Test
  void refusesAPolicyWithoutAnId() {
    assertThatThrownBy(() -> read("version=1")).hasMessageContaining("id is \"\"");
  }

  @Test
  void refusesAnUnknownTaxonomyAndAWindowOfNothing() {
    assertThatThrownBy(() -> read("id=a\ntaxonomy=b"))
        .hasMessageContaining("[llama-guard-1, llama-guard-2, llama-guard-3]");
    assertThatThrownBy(() -> read("id=a\nwindow-tokens=0")).hasMessageContaining("at least 1");
    assertThatThrownBy(() -> read("id=a\nunsafe-threshold=2")).hasMessageContaining("(0, 1]");
  }

  @Test
  void readsRulesOfSingleCategories() throws IOException {
    Policy policy =
        read(
            """
            id=shop
            categories=S1,S4,S6
            category-scores=always
            category.S4.unsafe-threshold=0.2
            category.S4.review-threshold=0.1
            category.S6.action=allow
            category.S1.action=block
            """);

    assertThat(policy.categoryScoring()).isEqualTo(CategoryScoring.ALWAYS);
    assertThat(policy.ruling().rules())
        .isEqualTo(
            Map.of(
                "S4",
                new CategoryRule(Optional.of(0.2), Optional.of(0.1), Action.BLOCK),
                "S6",
                new CategoryRule(Optional.empty(), Optional.empty(), Action.ALLOW)));
  }

  @Test
  void refusesRulesThatCannotHold() {
    assertThatThrownBy(() -> read("id=a\ncategories=S1\ncategory.S2.action=allow"))
        .hasMessageContaining("category.S2.action is set, but \"S2\" is not among");
    assertThatThrownBy(() -> read("id=a\ncategory.S2.review-threshold=0.6"))
        .hasMessageContaining("category.S2.review-threshold is 0.6")
        .hasMessageContaining("(0, 0.5]");
    assertThatThrownBy(() -> read("id=a\ncategory.S2.unsafe-threshold=7"))
        .hasMessageContaining("category.S2.unsafe-threshold is 7.0");
    assertThatThrownBy(
            () -> read("id=a\ncategory.S2.review-threshold=0.1\ncategory.S2.action=allow"))
        .hasMessageContaining("what is allowed is not reviewed");
    assertThatThrownBy(() -> read("id=a\ncategory-scores=never\ncategory.S2.action=allow"))
        .hasMessageContaining("category-scores is never, but S2 has a rule");
  }

  @Test
  void refusesShadowsThatMakeNoSense() {
    for (String shadows : List.of("a", "b,b", "b,c,d,e,f")) {
      assertThatThrownBy(() -> read("id=a\nshadows=" + shadows))
          .hasMessageContaining("name up to 4 other policies");
    }
  }

  @Test
  void refusesAReviewBandThatIsEmptyOrEndsAtOnce() {
    assertThatThrownBy(() -> read("id=a\nunsafe-threshold=0.4\nreview-threshold=0.41"))
        .hasMessageContaining("(0, 0.4]");
    assertThatThrownBy(() -> read("id=a\nreview-threshold=0")).hasMessageContaining("(0, 0.5]");
    assertThatThrownBy(() -> read("id=a\nreview-timeout=PT0S"))
        .hasMessageContaining("more than zero");
  }

  private Policy read(String text) throws IOException {
    Files.writeString(directory.resolve("shop.policy"), text);
    List<Policy> policies = PolicySource.readFrom(directory);
    return policies.getFirst();
  }
}
