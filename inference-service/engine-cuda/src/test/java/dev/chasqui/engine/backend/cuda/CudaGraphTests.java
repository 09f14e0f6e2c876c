package dev.chasqui.engine.backend.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.engine.backend.Adapter;
import dev.chasqui.engine.backend.Backend;
import dev.chasqui.engine.backend.KvShape;
import dev.chasqui.engine.backend.Logits;
import dev.chasqui.engine.backend.Program;
import dev.chasqui.engine.backend.Session;
import dev.chasqui.engine.backend.Slice;
import dev.chasqui.engine.backend.Step;
import dev.chasqui.engine.checkpoint.Checkpoint;
import dev.chasqui.engine.checkpoint.Checkpoints;
import dev.chasqui.engine.model.GoldenModel;
import dev.chasqui.engine.model.Transformer;
import dev.chasqui.engine.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Steps that only decode are captured once and launched again. */
class CudaGraphTests {

  private static final KvShape KV = new KvShape(64, 16);

  private Checkpoint checkpoint;
  private Transformer model;
  private CudaSession session;

  /** Lets the test see the session behind a transformer. */
  private final class Watched implements Backend {

    private final Backend cuda = Device.backend();

    @Override
    public String name() {
      return cuda.name();
    }

    @Override
    public Session open(
        Program program, Map<String, Tensor> weights, KvShape kv, List<Adapter> adapters) {
      session = (CudaSession) cuda.open(program, weights, kv, adapters);
      return session;
    }
  }

  @BeforeEach
  void load() {
    Backend watched = new Watched();
    checkpoint = Checkpoints.open(GoldenModel.of("gguf-06-llama32", "BF16").file());
    model = Transformer.load(checkpoint, watched, KV);
  }

  @AfterEach
  void close() {
    if (model != null) {
      model.close();
      checkpoint.close();
    }
  }

  @Test
  void launchesACapturedGraphForEveryStepOfTheSameShape() {
    float[][] first = logits(decode(3, 40, 10));
    assertThat(session.graphLaunches()).isZero();
    assertThat(logits(decode(3, 40, 10))).isDeepEqualTo(first);
    assertThat(logits(decode(3, 40, 10))).isDeepEqualTo(first);
    assertThat(session.graphLaunches()).isEqualTo(2);
    float[][] four = logits(decode(4, 40, 10));
    assertThat(session.graphLaunches()).as("three rows fill up to four").isEqualTo(3);
    assertThat(new float[][] {four[0], four[1], four[2]}).isDeepEqualTo(first);
  }

  @Test
  void seesOtherTokensAndPositionsInTheSameGraph() {
    float[][] others = logits(decode(2, 17, 90));
    for (int i = 0; i < 3; i++) {
      logits(decode(2, 40, 10));
    }
    assertThat(logits(decode(2, 17, 90))).isDeepEqualTo(others);
    assertThat(session.graphLaunches()).isEqualTo(4);
  }

  @Test
  void capturesAnewWhereALargerStepHasMovedTheMemory() {
    float[][] before = logits(decode(2, 0, 10));
    logits(decode(2, 0, 10));
    assertThat(session.graphLaunches()).isEqualTo(1);
    int[] blocks = IntStream.range(40, 64).toArray();
    model.forward(new Step(new int[300], List.of(new Slice(0, 300, 0, blocks)), new int[] {299}));
    for (int i = 0; i < 3; i++) {
      assertThat(logits(decode(2, 0, 10))).isDeepEqualTo(before);
    }
    assertThat(session.graphLaunches()).isEqualTo(3);
  }

  @Test
  void findsTheBestTokensOnTheDevice() {
    Step step = decode(5, 3, 30);
    Logits logits = model.forward(step);
    int[] best = IntStream.range(0, 5).map(logits::argmax).toArray();
    assertThat(model.greedy(step)).containsExactly(best);
  }

  private float[][] logits(Step step) {
    Logits logits = model.forward(step);
    return IntStream.range(0, logits.rows()).mapToObj(logits::row).toArray(float[][]::new);
  }

  private static Step decode(int rows, int position, int firstToken) {
    List<Slice> slices =
        IntStream.range(0, rows)
            .mapToObj(i -> new Slice(i, 1, position, new int[] {3 * i, 3 * i + 1, 3 * i + 2}))
            .toList();
    int[] all = IntStream.range(0, rows).toArray();
    return new Step(IntStream.range(firstToken, firstToken + rows).toArray(), slices, all);
  }
}
