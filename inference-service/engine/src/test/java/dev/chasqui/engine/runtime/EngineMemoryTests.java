package dev.chasqui.engine.runtime;

import static dev.chasqui.engine.runtime.Requests.exactly;
import static dev.chasqui.engine.runtime.Requests.request;
import static dev.chasqui.engine.runtime.Requests.tokens;
import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.engine.api.EngineCall;
import dev.chasqui.engine.api.GenerationEvent;
import dev.chasqui.engine.api.GenerationRequest;
import dev.chasqui.engine.api.SamplingParameters;
import dev.chasqui.engine.api.TokenIds;
import java.lang.management.ManagementFactory;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An engine that has answered much holds no more than one that has answered some. */
class EngineMemoryTests {

  private static final int AT_ONCE = 16;
  private static final int SETTLED = 2_000;
  private static final int ALL = 10_000;

  /** Well above what a heap varies by, well below what 8,000 requests of 300 bytes would leave. */
  private static final long TOLERATED_BYTES = 2_000_000;

  private final Semaphore places = new Semaphore(AT_ONCE);
  private int failed;

  @Test
  @Timeout(240)
  void tenThousandRequestsLeaveNothingBehind() throws InterruptedException {
    try (LlamaEngine engine = LlamaEngine.open(GoldenModel.LLAMA_3_2.options())) {
      answer(engine, 0, SETTLED);
      long settled = usedBytes();
      answer(engine, SETTLED, ALL);
      long after = usedBytes();
      assertThat(after - settled).as("bytes more than before").isLessThan(TOLERATED_BYTES);
      while (engine.load().usedKvBlocks() > 0) {
        Thread.onSpinWait();
      }
      assertThat(engine.load().running() + engine.load().waiting()).isZero();
      assertThat(failed).isEqualTo(ALL / 50);
    }
  }

  private void answer(LlamaEngine engine, int from, int to) throws InterruptedException {
    for (int i = from; i < to; i++) {
      places.acquire();
      EngineCall call = engine.generate(nth(i), this::onEvent);
      if (i % 20 == 19) {
        call.cancel();
      }
    }
    places.acquire(AT_ONCE);
    places.release(AT_ONCE);
  }

  /** Prompts of many beginnings, of which some come again; answers drawn and greedy; some wrong. */
  private static GenerationRequest nth(int i) {
    TokenIds prompt = i % 50 == 7 ? TokenIds.of(9999) : tokens(i % 300, 9).plus(tokens(i, 2));
    SamplingParameters sampling = i % 3 == 0 ? Requests.seeded(i) : SamplingParameters.GREEDY;
    return request("r" + i, prompt, sampling, exactly(2 + i % 4));
  }

  private void onEvent(GenerationEvent event) {
    switch (event) {
      case GenerationEvent.Tokens tokens -> {}
      case GenerationEvent.Finished finished -> places.release();
      case GenerationEvent.Failed wrong -> {
        failed++;
        places.release();
      }
    }
  }

  private static long usedBytes() {
    System.gc();
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
