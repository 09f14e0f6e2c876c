package dev.chasqui.engine.backend.nativecode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.engine.backend.AttentionShape;
import dev.chasqui.engine.backend.KvShape;
import dev.chasqui.engine.backend.KvType;
import dev.chasqui.engine.backend.Logits;
import dev.chasqui.engine.backend.Op;
import dev.chasqui.engine.backend.Program;
import dev.chasqui.engine.backend.Session;
import dev.chasqui.engine.backend.Slice;
import dev.chasqui.engine.backend.Slot;
import dev.chasqui.engine.backend.Step;
import dev.chasqui.engine.checkpoint.Checkpoint;
import dev.chasqui.engine.checkpoint.Checkpoints;
import dev.chasqui.engine.model.GoldenModel;
import dev.chasqui.engine.model.Transformer;
import dev.chasqui.engine.tensor.Dtype;
import dev.chasqui.engine.tensor.RandomTensors;
import dev.chasqui.engine.tensor.Tensor;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** How far keys and values of int8 and float16 are off those of float32. */
class KvTypeTests {

  private static final int ROWS = 70;

  @BeforeEach
  void needLibrary() {
    Library.variants();
  }

  /** Heads, block size, and the seed of the numbers. */
  private static final List<int[]> SHAPES =
      List.of(
          new int[] {1, 1, 1, 1},
          new int[] {4, 4, 8, 16},
          new int[] {9, 3, 64, 16},
          new int[] {3, 1, 13, 5},
          new int[] {8, 2, 80, 32},
          new int[] {11, 1, 32, 7});

  @ParameterizedTest
  @MethodSource("dev.chasqui.engine.backend.nativecode.Library#each")
  void attendsNearlyAsWithFloat32(CpuVariant variant) {
    for (int[] shape : SHAPES) {
      AttentionShape heads = new AttentionShape(shape[0], shape[1], shape[2]);
      float[] exact = attention(variant, heads, shape[3], KvType.F32);
      float[] halves = attention(variant, heads, shape[3], KvType.F16);
      float[] bytes = attention(variant, heads, shape[3], KvType.INT8);
      assertThat(relative(halves, exact)).as("f16, %s", heads).isLessThan(3e-3);
      assertThat(relative(bytes, exact)).as("int8, %s", heads).isLessThan(0.05);
    }
  }

  /** Root of the mean square of the difference, by that of the expected values. */
  private static double relative(float[] actual, float[] expected) {
    double difference = 0;
    double all = 0;
    for (int i = 0; i < expected.length; i++) {
      difference += Math.pow(actual[i] - expected[i], 2);
      all += Math.pow(expected[i], 2);
    }
    return Math.sqrt(difference / all);
  }

  private static float[] attention(
      CpuVariant variant, AttentionShape heads, int blockSize, KvType type) {
    Tensor table = RandomTensors.of(Dtype.F32, ROWS, 24, 1);
    Tensor ofQueries = RandomTensors.of(Dtype.F32, heads.queryWidth(), 24, 2);
    Tensor ofKeys = RandomTensors.of(Dtype.F32, heads.kvWidth(), 24, 3);
    Tensor ofValues = RandomTensors.of(Dtype.F32, heads.kvWidth(), 24, 4);
    Slot in = new Slot("in", 24, Slot.Rows.TOKENS);
    Slot queries = new Slot("queries", heads.queryWidth(), Slot.Rows.TOKENS);
    Slot keys = new Slot("keys", heads.kvWidth(), Slot.Rows.TOKENS);
    Slot values = new Slot("values", heads.kvWidth(), Slot.Rows.TOKENS);
    Slot mixed = new Slot("mixed", heads.queryWidth(), Slot.Rows.TOKENS);
    Slot out = new Slot("out", heads.queryWidth(), Slot.Rows.LOGITS);
    Slot small = new Slot("small", heads.queryWidth(), Slot.Rows.TOKENS);
    Tensor gain = RandomTensors.of(Dtype.F32, 1, heads.queryWidth(), 5);
    List<Op> ops =
        List.of(
            new Op.Embed(ProgramContract.weight(table), in),
            new Op.Project(
                in,
                List.of(
                    new Op.Projection(ProgramContract.weight(ofQueries), queries),
                    new Op.Projection(ProgramContract.weight(ofKeys), keys),
                    new Op.Projection(ProgramContract.weight(ofValues), values))),
            new Op.RmsNorm(queries, ProgramContract.weight(gain), 0, small),
            new Op.StoreKv(0, keys, values),
            new Op.Attend(0, small, mixed),
            new Op.TakeLogitRows(mixed, out));
    Program program = new Program("attention", ops, out, 1, heads);
    KvShape kv = new KvShape(Math.ceilDiv(ROWS, blockSize), blockSize, type);
    int[] tokens = IntStream.range(0, ROWS).toArray();
    int[] blocks = IntStream.range(0, kv.blocks()).map(i -> kv.blocks() - 1 - i).toArray();
    Step step = new Step(tokens, List.of(new Slice(0, ROWS, 0, blocks)), tokens);
    var weights = ProgramContract.byName(table, List.of(ofQueries, ofKeys, ofValues, gain));
    try (Session session = Library.backend(variant, 2).open(program, weights, kv)) {
      return all(session.run(step));
    }
  }

  private static float[] all(Logits logits) {
    float[] all = new float[logits.rows() * logits.row(0).length];
    for (int row = 0; row < logits.rows(); row++) {
      float[] one = logits.row(row);
      System.arraycopy(one, 0, all, row * one.length, one.length);
    }
    return all;
  }

  /** About as far as int8 activations, llama.cpp's and native-int8's, are off on these models. */
  private static final float BYTES = 0.5f;

  private static final float HALVES = 0.03f;

  @Test
  void movesLogitsByNoMoreThanActivationsOfInt8Do() {
    System.out.println("greatest |logit - logit with keys and values of float32|");
    GoldenModel.ofResources()
        .forEach(model -> {
          float halves = deviation(model, KvType.F16);
          float bytes = deviation(model, KvType.INT8);
          System.out.printf("%-28s f16 %6.4f   int8 %6.4f%n", model, halves, bytes);
          assertThat(halves).as("f16, %s", model).isLessThan(HALVES);
          assertThat(bytes).as("int8, %s", model).isPositive().isLessThan(BYTES);
        });
  }

  private static float deviation(GoldenModel model, KvType type) {
    float greatest = 0;
    try (Checkpoint checkpoint = Checkpoints.open(model.file());
        Transformer exact = load(checkpoint, KvType.F32);
        Transformer rounded = load(checkpoint, type)) {
      for (GoldenModel.Case golden : model.cases()) {
        float[] expected = all(exact.forward(prefill(golden.tokens())));
        float[] actual = all(rounded.forward(prefill(golden.tokens())));
        for (int i = 0; i < actual.length; i++) {
          float difference = Math.abs(actual[i] - expected[i]);
          greatest = difference <= greatest ? greatest : difference;
        }
      }
    }
    return greatest;
  }

  private static Transformer load(Checkpoint checkpoint, KvType type) {
    return Transformer.load(checkpoint, Library.best(2), new KvShape(32, 16, type));
  }

  private static Step prefill(int[] tokens) {
    int[] rows = IntStream.range(0, tokens.length).toArray();
    int[] blocks = IntStream.range(0, 32).toArray();
    return new Step(tokens, List.of(new Slice(0, rows.length, 0, blocks)), rows);
  }

  @Test
  void forgetsWhoHadABlockBefore() {
    GoldenModel model = GoldenModel.of("gguf-06-llama32", "Q8_0");
    int[] tokens = model.cases().getLast().tokens();
    try (Checkpoint checkpoint = Checkpoints.open(model.file());
        Transformer fresh = load(checkpoint, KvType.INT8);
        Transformer used = load(checkpoint, KvType.INT8)) {
      used.forward(prefill(IntStream.range(0, 300).map(i -> i * 37 % 500).toArray()));
      assertThat(all(used.forward(prefill(tokens))))
          .containsExactly(all(fresh.forward(prefill(tokens))));
    }
  }
}
