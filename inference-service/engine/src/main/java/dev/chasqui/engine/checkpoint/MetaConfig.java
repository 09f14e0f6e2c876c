package dev.chasqui.engine.checkpoint;

import dev.chasqui.engine.api.CheckpointException;
import dev.chasqui.engine.tensor.Tensor;
import java.util.Map;

/**
 * Reads {@code params.json}; defaults are those of Meta's model.py (meta-llama/llama, llama3,
 * llama-models).
 */
final class MetaConfig {

  private final JsonFields parameters;
  private final Map<String, Tensor> tensors;

  private MetaConfig(JsonFields parameters, Map<String, Tensor> tensors) {
    this.parameters = parameters;
    this.tensors = tensors;
  }

  /**
   * Reads the sizes.
   *
   * @param parameters the object in the file
   * @param tensors by canonical name: the file says neither the width of the feed-forward network
   *     nor always the number of token ids
   */
  static ModelConfig of(JsonFields parameters, Map<String, Tensor> tensors) {
    return new MetaConfig(parameters, tensors).read();
  }

  private ModelConfig read() {
    if (parameters.has("quantization_args")) {
      throw parameters.fault("quantization_args", "set", "weights of f32, f16 or bf16");
    }
    int hiddenSize = parameters.requiredInteger("dim");
    int heads = parameters.requiredInteger("n_heads");
    int headSize = hiddenSize / Math.max(heads, 1);
    return new ModelConfig(
        parameters.file().getParent().getFileName().toString(),
        tensor("token_embd.weight").rows(),
        hiddenSize,
        parameters.requiredInteger("n_layers"),
        heads,
        parameters.integer("n_kv_heads").orElse(heads),
        headSize,
        tensor("blk.0.ffn_gate.weight").rows(),
        (float) parameters.real("norm_eps").orElse(1e-5),
        new Rope(theta(), headSize, Rope.Pairing.INTERLEAVED, scaling()),
        contextLength(),
        !tensors.containsKey("output.weight"),
        0);
  }

  private Tensor tensor(String name) {
    Tensor tensor = tensors.get(name);
    if (tensor == null) {
      throw CheckpointException.at(
          parameters.file(),
          parameters.json().at(),
          "parameters whose weights beside them hold no " + name,
          "the weights of a Llama model");
    }
    return tensor;
  }

  private float theta() {
    return (float) parameters.real("rope_theta").orElse(10000);
  }

  /** Llama 3.1's constants are part of its code; 3.2 has another factor (llama-models). */
  private RopeScaling scaling() {
    if (!parameters.flag("use_scaled_rope")) {
      return new RopeScaling.None();
    }
    float factor = (float) parameters.real("rope_scaling_factor").orElse(8);
    float high = (float) parameters.real("rope_high_freq_factor").orElse(4);
    return new RopeScaling.Llama3(factor, 1, high, 8192);
  }

  /** Not in the file: what the model cards say, told apart by what the file does say. */
  private int contextLength() {
    if (parameters.has("max_seq_len")) {
      return parameters.requiredInteger("max_seq_len");
    }
    if (parameters.flag("use_scaled_rope")) {
      return 131072;
    }
    float theta = theta();
    if (theta >= 1e6f) {
      return 16384;
    }
    if (theta > 10000) {
      return 8192;
    }
    return parameters.real("norm_eps").orElse(1e-5) < 5e-6 ? 2048 : 4096;
  }
}
