package dev.chasqui.guard.topology.input;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.events.ResponseType;
import dev.chasqui.events.VerdictOutcome;
import dev.chasqui.guard.policy.Policies;
import dev.chasqui.guard.policy.Policy;
import dev.chasqui.guard.policy.PolicySource;
import dev.chasqui.guard.topology.GuardDriver;
import dev.chasqui.guard.topology.GuardObserver;
import dev.chasqui.schemas.topics.TopicRole;
import dev.chasqui.stream.CommitPace;
import dev.chasqui.stream.Reopenable;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReviewBandTests {

  private static final Policy CAUTIOUS =
      PolicySource.parse("test", "id=cautious\nreview-threshold=0.2\nundecided=admit");

  @TempDir Path directory;

  @Test
  void admitsNoPromptThatAPersonMustDecideOn() {
    Policies policies = Policies.of(List.of(CAUTIOUS), Map.of(), "cautious");
    try (GuardDriver guard = new GuardDriver(directory, policies, 4);
        InputTopology topology =
            new InputTopology(guard.setup, guard.desk, Retention.DEFAULT, GuardObserver.NONE)) {
      guard.start(
          topology.build(new CommitPace(Duration.ofMillis(50)), Reopenable::of), TopicRole.PROMPTS);
      guard.pipe(TopicRole.PROMPTS, "a", Prompts.prompt("a").build());

      guard.engine.score(0.7, 0.3);
      guard.turn();

      var verdict = guard.verdicts().getFirst();
      assertThat(verdict.getOutcome()).isEqualTo(VerdictOutcome.REVIEW);
      assertThat(verdict.getAdmitted()).isFalse();
      assertThat(guard.admissions("small")).isEmpty();
      var response = guard.responses().getFirst();
      assertThat(response.getType()).isEqualTo(ResponseType.REJECTED);
      assertThat(response.getRejected().getCode()).isEqualTo("needs-review");
      assertThat(response.getRejected().getMessage()).contains("cautious@1").contains("0.300");
    }
  }
}
