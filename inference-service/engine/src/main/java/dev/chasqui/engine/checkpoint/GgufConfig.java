package dev.chasqui.engine.checkpoint;

import dev.chasqui.engine.api.CheckpointException;
import dev.chasqui.engine.tensor.Tensor;
import java.util.Map;

/** Reads the sizes of a Llama model from GGUF metadata; defaults are those of llama.cpp. */
final class GgufConfig {

  private static final double DEFAULT_THETA = 10000;

  private final GgufMetadata metadata;
  private final Map<String, Tensor> tensors;

  private GgufConfig(GgufMetadata metadata, Map<String, Tensor> tensors) {
    this.metadata = metadata;
    this.tensors = tensors;
  }

  static ModelConfig of(GgufMetadata metadata, Map<String, Tensor> tensors, int vocabularySize) {
    return new GgufConfig(metadata, tensors).read(vocabularySize);
  }

  private ModelConfig read(int vocabularySize) {
    checkArchitecture();
    int hiddenSize = metadata.requiredInteger("llama.embedding_length");
    int heads = metadata.requiredInteger("llama.attention.head_count");
    int headSize = headSize(hiddenSize, heads);
    return new ModelConfig(
        metadata.text("general.name").orElse(metadata.file().file().getFileName().toString()),
        vocabularySize,
        hiddenSize,
        metadata.requiredInteger("llama.block_count"),
        heads,
        metadata.integer("llama.attention.head_count_kv").orElse(heads),
        headSize,
        metadata.requiredInteger("llama.feed_forward_length"),
        (float)
            metadata
                .real("llama.attention.layer_norm_rms_epsilon")
                .orElseThrow(() -> metadata.missing("llama.attention.layer_norm_rms_epsilon")),
        rope(headSize),
        metadata.requiredInteger("llama.context_length"),
        labels() == 0 && !tensors.containsKey("output.weight"),
        labels());
  }

  private int labels() {
    Tensor head = tensors.get("cls.output.weight");
    return head == null ? 0 : head.rows();
  }

  private void checkArchitecture() {
    String architecture = metadata.requiredText("general.architecture");
    if (!architecture.equals("llama")) {
      throw unsupported("general.architecture", architecture, "llama");
    }
    int experts = metadata.integer("llama.expert_count").orElse(0);
    if (experts != 0) {
      throw unsupported(
          "llama.expert_count", Integer.toString(experts), "0: no mixture of experts");
    }
  }

  private int headSize(int hiddenSize, int heads) {
    int headSize =
        metadata.integer("llama.attention.key_length").orElse(hiddenSize / Math.max(heads, 1));
    int valueSize = metadata.integer("llama.attention.value_length").orElse(headSize);
    if (valueSize != headSize) {
      throw unsupported(
          "llama.attention.value_length",
          Integer.toString(valueSize),
          "the key length " + headSize);
    }
    return headSize;
  }

  /** The rows of query and key weights are in Meta's order, so pairs are interleaved. */
  private Rope rope(int headSize) {
    int dimensions = metadata.integer("llama.rope.dimension_count").orElse(headSize);
    double theta = metadata.real("llama.rope.freq_base").orElse(DEFAULT_THETA);
    return new Rope((float) theta, dimensions, Rope.Pairing.INTERLEAVED, scaling(dimensions));
  }

  private RopeScaling scaling(int dimensions) {
    Tensor divisors = tensors.get("rope_freqs.weight");
    if (divisors != null) {
      return divisors(divisors, dimensions);
    }
    String type = metadata.text("llama.rope.scaling.type").orElse("");
    return switch (type) {
      case "none" -> new RopeScaling.None();
      case "yarn" -> yarn();
      case "linear", "" -> linear();
      default -> throw unsupported("llama.rope.scaling.type", type, "none, linear or yarn");
    };
  }

  private RopeScaling divisors(Tensor tensor, int dimensions) {
    if (tensor.values() != dimensions / 2) {
      throw unsupported(
          "rope_freqs.weight", tensor.values() + " values", dimensions / 2 + " values");
    }
    return new RopeScaling.Divisors(tensor.toFloats());
  }

  private RopeScaling linear() {
    float factor = (float) scalingFactor();
    return factor == 1 ? new RopeScaling.None() : new RopeScaling.Linear(factor);
  }

  /** llama.cpp's {@code ggml_rope_yarn}: amplitude grows with the logarithm of the stretch. */
  private RopeScaling yarn() {
    double factor = scalingFactor();
    double amplitude =
        metadata.real("llama.rope.scaling.attn_factor").orElse(1) * (1 + 0.1 * Math.log(factor));
    return new RopeScaling.Yarn(
        (float) factor,
        metadata
            .integer("llama.rope.scaling.original_context_length")
            .orElseGet(() -> metadata.requiredInteger("llama.context_length")),
        (float) metadata.real("llama.rope.scaling.yarn_beta_fast").orElse(32),
        (float) metadata.real("llama.rope.scaling.yarn_beta_slow").orElse(1),
        (float) amplitude);
  }

  private double scalingFactor() {
    double factor =
        metadata
            .real("llama.rope.scaling.factor")
            .orElseGet(() -> metadata.real("llama.rope.scale_linear").orElse(1));
    if (!(factor > 0) || Double.isInfinite(factor)) {
      throw unsupported("llama.rope.scaling.factor", Double.toString(factor), "a positive number");
    }
    return factor;
  }

  private CheckpointException unsupported(String key, String value, String expected) {
    return metadata.fault(key, value, expected);
  }
}
