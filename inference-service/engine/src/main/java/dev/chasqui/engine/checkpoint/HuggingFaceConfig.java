package dev.chasqui.engine.checkpoint;

import dev.chasqui.engine.api.CheckpointException;
import dev.chasqui.engine.tensor.Tensor;
import java.util.Map;

/**
 * Reads {@code config.json} of a Llama model; defaults are those of transformers'
 * configuration_llama.py.
 */
final class HuggingFaceConfig {

  private static final int MOST_STRETCH = 32;

  private final JsonFields config;

  private HuggingFaceConfig(JsonFields config) {
    this.config = config;
  }

  /**
   * Reads the sizes.
   *
   * @param config the object in the file
   * @param tensors by canonical name
   * @throws CheckpointException if it is of another architecture, or a size is missing
   * @throws IllegalArgumentException if the sizes do not fit each other
   */
  static ModelConfig of(JsonFields config, Map<String, Tensor> tensors) {
    return new HuggingFaceConfig(config).read(tensors);
  }

  private ModelConfig read(Map<String, Tensor> tensors) {
    checkArchitecture();
    int hiddenSize = config.requiredInteger("hidden_size");
    int heads = config.requiredInteger("num_attention_heads");
    int headSize = config.integer("head_dim").orElse(hiddenSize / Math.max(heads, 1));
    Rope rope = HuggingFaceRope.of(config, headSize);
    return new ModelConfig(
        config.file().toAbsolutePath().getParent().getFileName().toString(),
        vocabularySize(tensors),
        hiddenSize,
        config.requiredInteger("num_hidden_layers"),
        heads,
        config.integer("num_key_value_heads").orElse(heads),
        headSize,
        config.requiredInteger("intermediate_size"),
        (float) config.real("rms_norm_eps").orElse(1e-6),
        rope,
        contextLength(rope),
        config.flag("tie_word_embeddings"),
        labels(tensors));
  }

  private int vocabularySize(Map<String, Tensor> tensors) {
    int size = config.requiredInteger("vocab_size");
    Tensor embedding = tensors.get("token_embd.weight");
    if (embedding == null || embedding.rows() != size) {
      throw config.fault(
          "vocab_size",
          Integer.toString(size),
          embedding == null ? "a tensor embed_tokens.weight" : embedding.rows() + ", its rows");
    }
    return size;
  }

  private void checkArchitecture() {
    String type = config.text("model_type").orElse("missing");
    if (!type.equals("llama")) {
      throw config.fault("model_type", type, "llama");
    }
    String activation = config.text("hidden_act").orElse("silu");
    if (!activation.equals("silu")) {
      throw config.fault("hidden_act", activation, "silu");
    }
    if (config.has("quantization_config")) {
      throw config.fault(
          "quantization_config",
          "set",
          "weights of f32, f16 or bf16. For quantised weights take a GGUF file of the model.");
    }
  }

  /**
   * Fine-tuned models with linear scaling name the longer context apart (Vicuna 1.5 16k). Dynamic
   * scaling has no end; this one is beyond any use.
   */
  private int contextLength(Rope rope) {
    int positions = config.integer("max_position_embeddings").orElse(2048);
    if (rope.scaling() instanceof RopeScaling.Dynamic(_, int original)) {
      return (int) Math.min((long) MOST_STRETCH * original, Integer.MAX_VALUE);
    }
    return Math.max(positions, config.integer("max_sequence_length").orElse(0));
  }

  private int labels(Map<String, Tensor> tensors) {
    boolean classifier =
        config.json().get("architectures").elements().stream()
            .flatMap(name -> name.text().stream())
            .anyMatch(name -> name.equals("LlamaForSequenceClassification"));
    Tensor head = tensors.get("cls.output.weight");
    if (classifier && head == null) {
      throw config.fault(
          "architectures", "LlamaForSequenceClassification", "a tensor score.weight");
    }
    return classifier ? head.rows() : 0;
  }
}
