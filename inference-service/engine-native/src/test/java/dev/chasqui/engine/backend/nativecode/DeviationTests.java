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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

    String shown() {
      return "%9.2g %9.2g".formatted(last, all);
    }
  }

  @Test
  void isNoLargerThanLlamaCppsOwnInAnyType() {
    Map<String, Backend> backends = new LinkedHashMap<>();
    backends.put("vector", new VectorBackendProvider().create(2));
    backends.put("native", Library.best(2));
    backends.put(
        "native-int8",
        new NativeBackend(
            "native-int8", CpuVariant.best(Library.variants()), 2, NativeBackend.COARSE));
    List<String> tooLarge = new ArrayList<>();
    System.out.printf("%-28s", "greatest |logit - golden|");
    backends.keySet().forEach(name -> System.out.printf("| %-19s ", name));
    System.out.printf("| %-19s%n", "llama.cpp");
    System.out.printf("%-28s%s%n", "", "|      last       all ".repeat(4));
    for (GoldenModel model : models()) {
      Deviation allowed = llamaCpp(model);
      System.out.printf("%-28s", model);
      backends.forEach((name, backend) -> {
        Deviation deviation = deviation(model, backend);
        System.out.printf("| %s ", deviation.shown());
        if (deviation.last > Math.max(allowed.last, FLOAT_NOISE)
            || deviation.all > Math.max(allowed.all, FLOAT_NOISE)) {
          tooLarge.add(model + " on " + name);
        }
      });
      System.out.printf("| %s%n", allowed.shown());
    }
    assertThat(tooLarge).isEmpty();
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
