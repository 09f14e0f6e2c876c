package dev.chasqui.engine.checkpoint;

/** How a checkpoint was published. */
public enum CheckpointFormat {
  /** A file of llama.cpp, or the parts of one. */
  GGUF,
  /** A folder of transformers: {@code config.json} and safetensors. */
  HUGGING_FACE,
  /** A folder of Meta: {@code params.json} and {@code consolidated.NN.pth}. */
  META
}
