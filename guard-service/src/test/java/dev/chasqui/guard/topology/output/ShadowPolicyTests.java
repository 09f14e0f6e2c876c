package dev.chasqui.guard.topology.output;

import static dev.chasqui.guard.topology.output.Generations.finished;
import static dev.chasqui.guard.topology.output.Generations.tokens;
import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.events.FinishReason;
import dev.chasqui.events.ReleaseMode;
import dev.chasqui.events.ResponseType;
import dev.chasqui.events.SafetyVerdict;
import dev.chasqui.guard.policy.Policies;
import dev.chasqui.guard.policy.PolicySource;
import dev.chasqui.guard.topology.GuardDriver;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ShadowPolicyTests {

  /** The first asks what the policy asks, with another threshold; the second something else. */
  private static final Policies POLICIES =
      Policies.of(
          Stream.of(
                  "id=shop\nshadows=strict,narrow",
                  "id=strict\nunsafe-threshold=0.001",
                  "id=narrow\ncategories=S1")
              .map(text -> PolicySource.parse("test", text))
              .toList(),
          Map.of(),
          "shop");

  @TempDir Path directory;

  @ParameterizedTest
  @EnumSource(ReleaseMode.class)
  void changesNothingOfWhatReadersSee(ReleaseMode mode) {
    try (OutputGuard out = new OutputGuard(directory, POLICIES)) {
      GuardDriver guard = out.driver;
      out.begin("a", Generations.start(POLICIES, "any", mode).build());
      out.send(tokens("a", 0, 32));
      guard.engine.safe();
      guard.turn();
      guard.engine.unsafe();
      guard.turn();
      out.send(tokens("a", 32, 64), finished("a", FinishReason.STOP));
      guard.engine.safe();
      guard.turn();
      guard.pass(Duration.ofMinutes(2));

      var responses = guard.responses();
      assertThat(responses.getLast().getType()).isEqualTo(ResponseType.FINISHED);
      assertThat(responses)
          .extracting(response -> response.getType())
          .doesNotContain(ResponseType.RETRACTED, ResponseType.REJECTED);
      assertThat(
              responses.stream()
                  .filter(response -> response.getTokens() != null)
                  .mapToInt(response -> response.getTokens().getTokenIds().size())
                  .sum())
          .isEqualTo(64);
      assertThat(guard.admissions("small")).as("nobody is told to stop").isEmpty();
      out.assertNothingStored();
    }
  }

  @Test
  void isRecordedWithTheWindowThatItWatched() {
    try (OutputGuard out = new OutputGuard(directory, POLICIES)) {
      GuardDriver guard = out.driver;
      out.begin("a", Generations.start(POLICIES, "any", ReleaseMode.WINDOW).build());
      out.send(tokens("a", 0, 32));
      guard.engine.safe();
      guard.turn();
      guard.engine.safe();
      guard.turn();

      List<SafetyVerdict> verdicts = guard.verdicts();
      assertThat(verdicts)
          .extracting(verdict -> verdict.getPolicy().getPolicyId())
          .containsExactly("shop", "strict", "narrow");
      assertThat(verdicts).extracting(SafetyVerdict::getShadow).containsExactly(false, true, true);
      assertThat(verdicts)
          .extracting(SafetyVerdict::getAdmitted)
          .containsExactly(true, false, true);
      assertThat(verdicts).allMatch(verdict -> verdict.getWindow().getToSequence() == 32);
    }
  }
}
