package dev.chasqui.guard.topology.input;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.guard.topology.GuardDriver;
import dev.chasqui.guard.topology.GuardObserver;
import dev.chasqui.schemas.topics.TopicRole;
import dev.chasqui.stream.CommitPace;
import dev.chasqui.stream.Reopenable;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManyPromptsTests {

  private static final int PROMPTS = 2_000;
  private static final int AT_ONCE = 500;

  @Test
  void resumesThousandsOfPendingPromptsInShortTurns(@TempDir Path directory) {
    GuardDriver guard = new GuardDriver(directory, GuardDriver.policies(), 4);
    try (guard;
        InputTopology topology =
            new InputTopology(guard.setup, guard.desk, Retention.DEFAULT, GuardObserver.NONE)) {
      guard.start(
          topology.build(new CommitPace(Duration.ofMillis(50)), Reopenable::of), TopicRole.PROMPTS);
      for (int i = 0; i < PROMPTS; i++) {
        guard.pipe(TopicRole.PROMPTS, "p" + i, Prompts.prompt("p" + i).build());
      }
      var committed = guard.commit();

      Instant start = Instant.now();
      guard.restart(committed);
      System.out.printf(
          "init with %,d pending prompts: %d ms%n",
          PROMPTS, Duration.between(start, Instant.now()).toMillis());

      assertThat(guard.desk.turnstile().queuedRequests()).isZero();
      for (int turns = 1; turns <= PROMPTS / AT_ONCE; turns++) {
        guard.turn();
        assertThat(guard.desk.turnstile().queuedRequests()).isEqualTo(turns * AT_ONCE - 4);
      }
      assertThat(guard.engine.open).hasSize(4);
    }
  }
}
