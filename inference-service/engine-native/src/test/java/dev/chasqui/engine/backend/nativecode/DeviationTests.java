package dev.chasqui.engine.backend.nativecode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.engine.backend.Backend;
import dev.chasqui.engine.backend.KvShape;
import dev.chasqui.engine.backend.Logits;
import dev.chasqui.engine.backend.Slice;
import dev.chasqui.engine.backend.Step;
import dev.chasqui.engine.backend.scalar.ScalarBackendProvider;
import dev.chasqui.engine.backend.vector.VectorBackendProvider;
import dev.chasqui.engine.checkpoint.Checkpoint;
import dev.chasqui.engine.checkpoint.Checkpoints;
import dev.chasqui.engine.model.GoldenModel;
import dev.chasqui.engine.model.Transformer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * How far the fast backends are off float32 on every GGUF type, beside llama.cpp, which rounds
 * activations to int8. After the last token of a prompt the golden tells, after the others backend
 * scalar, which the goldens hold to float32. The table is printed. With {@code -Dchasqui.shared} it
 * has every golden file, else those of the test resources.
 */
class DeviationTests {

  private static final KvShape KV = new KvShape(32, 16);
  private static final int[] BLOCKS = IntStream.range(0, KV.blocks()).toArray();

  /** Where llama.cpp rounds nothing either, noise of float32 is no larger than this. */
  private static final float FLOAT_NOISE = 3e-4f;

  /**
   * Greatest differences of logits.
   *
   * @param last of all logits after the last token of each prompt
   * @param all of all logits after every token of each prompt
   */
  private record Deviation(float last, float all) {

    Deviation or(Deviation other) {
      return new Deviation(Math.max(last, other.last), Math.max(all, other.all));
    }

    boolean isWithin(Deviation other) {
      return last <= Math.max(other.last, FLOAT_NOISE) && all <= Math.max(other.all, FLOAT_NOISE);
    }

    String shown() {
      return "%8.2g  %8.2g".formatted(last, all);
    }
  }

  /**
   * The backend that rounds as llama.cpp does has noise of the same size: in one file more, in
   * another less.
   */
  private static final float SAME_ROUNDING = 1.2f;

  @Test
  void isNoLargerThanLlamaCppsOwnInAnyType() {
    List<CpuVariant> variants = Library.variants();
    Backend vector = new VectorBackendProvider().create(2);
    Backend fine = Library.backend(CpuVariant.best(variants), 2);
    Backend coarse =
        new NativeBackend("native-int8", CpuVariant.best(variants), 2, NativeBackend.COARSE);
    List<String> table = new ArrayList<>();
    List<String> tooLarge = new ArrayList<>();
    double logarithms = 0;
    List<GoldenModel> rounded = new ArrayList<>();
    for (GoldenModel model : models()) {
      Deviation llamaCpp = llamaCpp(model);
      Deviation exact = deviation(model, vector);
      Deviation near = deviation(model, fine);
      Deviation far = deviation(model, coarse);
      table.add(row(model.toString(), exact, near, far, llamaCpp));
      if (!exact.isWithin(llamaCpp) || !near.isWithin(llamaCpp)) {
        tooLarge.add(model.toString());
      }
      if (far.all > FLOAT_NOISE) {
        rounded.add(model);
        logarithms += Math.log(far.all / llamaCpp.all);
        if (Math.max(far.last, far.all) > SAME_ROUNDING * llamaCpp.all) {
          tooLarge.add(model + " on native-int8");
        }
      }
    }
    double ratio = Math.exp(logarithms / rounded.size());
    print(table, ratio);
    assertThat(tooLarge).as("files in which a backend is further off").isEmpty();
    assertThat(ratio).as("native-int8 over llama.cpp, on average").isLessThanOrEqualTo(1);
  }

  private static String row(String name, Deviation... deviations) {
    StringBuilder row = new StringBuilder("%-26s".formatted(name));
    for (Deviation deviation : deviations) {
      row.append("| ").append(deviation.shown()).append(' ');
    }
    return row.toString();
  }

  private static void print(List<String> table, double ratio) {
    System.out.printf(
        "%-26s| %-18s | %-18s | %-18s | %-18s%n",
        "greatest |logit - golden|", "vector", "native", "native-int8", "llama.cpp");
    System.out.printf("%-26s%s%n", "", "|     last       all ".repeat(4));
    table.forEach(System.out::println);
    System.out.printf("native-int8 over llama.cpp where both round, on average: %.2f%n", ratio);
  }

  private static List<GoldenModel> models() {
    List<GoldenModel> shared = gguf(GoldenModel.ofShared().toList());
    return shared.isEmpty() ? gguf(GoldenModel.ofResources().toList()) : shared;
  }

  private static List<GoldenModel> gguf(List<GoldenModel> models) {
    return models.stream().filter(model -> model.toString().startsWith("gguf-")).toList();
  }

  private static Deviation llamaCpp(GoldenModel model) {
    Deviation greatest = new Deviation(0, 0);
    for (JsonNode prompt : model.golden().get("prompts")) {
      JsonNode theirs = prompt.get("llamacpp");
      greatest =
          greatest.or(
              new Deviation(
                  theirs.get("max_abs_diff_last").floatValue(),
                  theirs.get("max_abs_diff_all").floatValue()));
    }
    return greatest;
  }

  private static Deviation deviation(GoldenModel model, Backend backend) {
    Deviation greatest = new Deviation(0, 0);
    try (Checkpoint checkpoint = Checkpoints.open(model.file());
        Transformer exact =
            Transformer.load(checkpoint, new ScalarBackendProvider().create(2), KV);
        Transformer fast = Transformer.load(checkpoint, backend, KV)) {
      for (GoldenModel.Case golden : model.cases()) {
        greatest = greatest.or(deviation(golden, fast, exact));
      }
    }
    return greatest;
  }

  private static Deviation deviation(GoldenModel.Case golden, Transformer fast, Transformer exact) {
    int[] tokens = golden.tokens();
    int[] rows = IntStream.range(0, tokens.length).toArray();
    Step step = new Step(tokens, List.of(new Slice(0, tokens.length, 0, BLOCKS)), rows);
    Logits actual = fast.forward(step);
    Logits expected = exact.forward(step);
    float all = 0;
    for (int row : rows) {
      all = Math.max(all, difference(actual.row(row), expected.row(row)));
    }
    return new Deviation(difference(actual.row(tokens.length - 1), golden.lastLogits()), all);
  }

  /** The greatest one; NaN where there is one. */
  private static float difference(float[] actual, float[] expected) {
    float greatest = 0;
    for (int id = 0; id < actual.length; id++) {
      float difference = Math.abs(actual[id] - expected[id]);
      greatest = difference <= greatest ? greatest : difference;
    }
    return greatest;
  }
}
