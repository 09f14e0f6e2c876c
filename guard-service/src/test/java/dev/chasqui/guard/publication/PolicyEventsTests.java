package dev.chasqui.guard.publication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chasqui.events.PolicyEvent;
import dev.chasqui.guard.policy.InvalidPolicyException;
import dev.chasqui.guard.policy.Policy;
import dev.chasqui.guard.policy.PolicySource;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PolicyEventsTests {

  private static final Instant NOW = Instant.parse("2026-11-24T09:00:00Z");
  private static final String EVERYTHING =
      """
      id=shop
      version=7
      categories=S1,S4,X1
      descriptions=full
      category.X1.name=\\ Other: shops = bad \\\\ things
      category.X1.description=Praise of\\n\\ other shops.\\tAlways.
      category.X1.action=allow
      category.S4.unsafe-threshold=0.2
      category.S4.review-threshold=0.1
      category.S1.action=review
      unsafe-threshold=0.6
      review-threshold=0.3
      minimum-verdict-mass=0.7
      undecided=admit
      release-mode=full
      window-tokens=16
      code-scan=block
      code-scan-severity=low
      review-timeout=PT0.250S
      review-unanswered=approve
      category-scores=always
      shadows=default,other
      languages=en,pt-BR
      """;

  static Stream<Policy> policies() {
    return Stream.concat(
        PolicySource.builtIn().stream(), Stream.of(PolicySource.parse("test", EVERYTHING)));
  }

  @ParameterizedTest
  @MethodSource("policies")
  void readBackAsTheSamePolicyHashIncluded(Policy policy) {
    Policy back = PolicyEvents.policy(PolicyEvents.published(policy, NOW).getPublished());

    assertThat(back).isEqualTo(policy);
    assertThat(back.key()).isEqualTo(policy.key());
  }

  @ParameterizedTest
  @MethodSource("policies")
  void readBackFromTheirFileAsTheSamePolicy(Policy policy) {
    Policy back = PolicySource.parse("written", PolicySource.text(policy));

    assertThat(back).isEqualTo(policy);
    assertThat(back.key()).isEqualTo(policy.key());
  }

  @Test
  void refuseWhatNoPolicyCanHold() {
    PolicyEvent event = PolicyEvents.published(PolicySource.parse("a", "id=a"), NOW);
    var sound = event.getPublished();

    for (var broken :
        List.of(
            dev.chasqui.events.Policy.newBuilder(sound).setUnsafeThreshold(Double.NaN),
            dev.chasqui.events.Policy.newBuilder(sound).setReviewThreshold(0.9),
            dev.chasqui.events.Policy.newBuilder(sound).setReviewTimeoutMs(0),
            dev.chasqui.events.Policy.newBuilder(sound).setWindowTokens(0),
            dev.chasqui.events.Policy.newBuilder(sound).setLanguages(List.of("not a tag")),
            dev.chasqui.events.Policy.newBuilder(sound).setLanguages(List.of("en", "en")),
            dev.chasqui.events.Policy.newBuilder(sound).setCategories(List.of()),
            dev.chasqui.events.Policy.newBuilder(sound).setPolicyId("a@b"),
            dev.chasqui.events.Policy.newBuilder(sound).setVersion(0))) {
      assertThatThrownBy(() -> PolicyEvents.policy(broken.build()))
          .isInstanceOf(InvalidPolicyException.class);
    }
  }
}
