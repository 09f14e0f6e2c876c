package dev.chasqui.engine.checkpoint;

import dev.chasqui.engine.api.CheckpointException;

/** Writes the sizes of a model as {@link GgufConfig} and llama.cpp read them. */
final class GgufModelKeys {

  private final ModelConfig config;
  private final GgufOutput out;

  private GgufModelKeys(ModelConfig config, GgufOutput out) {
    this.config = config;
    this.out = out;
  }

  static void write(ModelConfig config, GgufOutput out) {
    new GgufModelKeys(config, out).write();
  }

  private void write() {
    out.text("general.architecture", "llama");
    out.text("general.name", config.name());
    out.uint32("llama.vocab_size", config.vocabularySize());
    out.uint32("llama.context_length", config.contextLength());
    out.uint32("llama.embedding_length", config.hiddenSize());
    out.uint32("llama.block_count", config.layers());
    out.uint32("llama.feed_forward_length", config.ffnSize());
    out.uint32("llama.attention.head_count", config.heads());
    out.uint32("llama.attention.head_count_kv", config.kvHeads());
    out.float32("llama.attention.layer_norm_rms_epsilon", config.normEpsilon());
    if (config.headSize() * config.heads() != config.hiddenSize()) {
      out.uint32("llama.attention.key_length", config.headSize());
      out.uint32("llama.attention.value_length", config.headSize());
    }
    out.uint32("llama.rope.dimension_count", config.rope().dimensions());
    out.float32("llama.rope.freq_base", config.rope().theta());
    scaling(config.rope().scaling());
  }

  private void scaling(RopeScaling scaling) {
    switch (scaling) {
      case RopeScaling.None _, RopeScaling.Llama3 _, RopeScaling.Divisors _ -> {}
      case RopeScaling.Linear(float factor) -> {
        out.text("llama.rope.scaling.type", "linear");
        out.float32("llama.rope.scaling.factor", factor);
      }
      case RopeScaling.Yarn yarn -> yarn(yarn);
      case RopeScaling.Dynamic _ ->
          throw new CheckpointException(
              config.name()
                  + " has dynamic rope scaling, which GGUF has no key for: keep it as it is");
    }
  }

  /** llama.cpp multiplies the factor of the attention with its own rule, so that is divided out. */
  private void yarn(RopeScaling.Yarn yarn) {
    out.text("llama.rope.scaling.type", "yarn");
    out.float32("llama.rope.scaling.factor", yarn.factor());
    out.uint32("llama.rope.scaling.original_context_length", yarn.originalContextLength());
    double usual = 1 + 0.1 * Math.log(yarn.factor());
    out.float32("llama.rope.scaling.attn_factor", (float) (yarn.attentionFactor() / usual));
    out.float32("llama.rope.scaling.yarn_beta_fast", yarn.betaFast());
    out.float32("llama.rope.scaling.yarn_beta_slow", yarn.betaSlow());
  }
}
