package dev.chasqui.engine.backend.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chasqui.engine.api.BackendUnavailableException;
import dev.chasqui.engine.backend.KvRoom;
import dev.chasqui.engine.backend.KvShape;
import org.junit.jupiter.api.Test;

class MemoryPlanTests {

  private static final long GIB = 1L << 30;

  /** 16 GiB of weights, 1 of work, 128 KiB a token: as Llama 3 8B. */
  private static final MemoryPlan PLAN =
      new MemoryPlan("cuda:0", 40 * GIB, 16 * GIB, GIB, 128 << 10);

  @Test
  void fillsTheShareOfTheFreeMemoryWithBlocks() {
    KvShape kv = PLAN.kvFor(room(512, 0.9));
    long budget = (long) (40 * GIB * 0.9) - 17 * GIB;
    assertThat(kv.tokens() * (128 << 10)).isBetween(budget - 16 * (128 << 10), budget);
    assertThat(PLAN.kvFor(room(512, 0.5)).blocks()).isLessThan(kv.blocks());
  }

  @Test
  void saysWhatIsMissingWhereNotEvenOneSequenceFits() {
    assertThatThrownBy(() -> PLAN.kvFor(room(100_000, 0.9)))
        .isInstanceOf(BackendUnavailableException.class)
        .hasMessageContaining("weights take 16.00 GiB")
        .hasMessageContaining("keys and values of 1600000 tokens")
        .hasMessageContaining("36.00 of the 40.00 GiB")
        .hasMessageContaining("raise gpu-memory-fraction (now 0.90)");
  }

  @Test
  void holdsWhatWasAskedForAgainstAllOfTheFreeMemory() {
    PLAN.check(new KvShape(12_000, 16));
    assertThatThrownBy(() -> PLAN.check(new KvShape(12_500, 16)))
        .isInstanceOf(BackendUnavailableException.class);
  }

  private static KvRoom room(int leastBlocks, double fraction) {
    return new KvRoom(new KvShape(leastBlocks, 16), new KvShape(leastBlocks, 16), fraction);
  }
}
