package dev.chasqui.inference.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManyRequestsTests {

  private static final int REQUESTS = 5_000;

  @Test
  void resumesThousandsOfWaitingRequestsInShortTurns(@TempDir Path directory) throws IOException {
    try (Generation generation = new Generation(directory, 4, 1 << 20)) {
      for (int i = 0; i < REQUESTS; i++) {
        generation.admit("r" + i);
      }
      assertThat(generation.engine.calls).hasSize(5);

      Instant start = Instant.now();
      generation.abortTo(generation.state());
      System.out.printf(
          "init with %,d stored requests: %d ms%n",
          REQUESTS, Duration.between(start, Instant.now()).toMillis());
      for (int turn = 0; turn < REQUESTS / 500; turn++) {
        generation.turn();
      }

      assertThat(generation.engine.calls).hasSize(10);
      assertThat(generation.pool.model("tiny").orElseThrow().turnstile().queuedRequests())
          .isEqualTo(REQUESTS - 5);
    }
  }
}
