package dev.chasqui.engine.checkpoint;

import dev.chasqui.engine.api.TokenIds;
import dev.chasqui.engine.tensor.Tensor;
import java.util.Map;
import java.util.Optional;

/**
 * An opened checkpoint: everything its format said, in one shape for all formats.
 *
 * <p>Tensors go by GGUF's names (gguf-py/gguf/constants.py): {@code token_embd.weight}, {@code
 * blk.0.attn_q.weight}, {@code output_norm.weight} and so on.
 */
public final class Checkpoint implements AutoCloseable {

  private final ModelConfig config;
  private final Map<String, Tensor> tensors;
  private final CheckpointText text;
  private final WeightFiles files;

  Checkpoint(
      ModelConfig config, Map<String, Tensor> tensors, CheckpointText text, WeightFiles files) {
    this.config = config;
    this.tensors = Map.copyOf(tensors);
    this.text = text;
    this.files = files;
  }

  /** Returns the sizes of the model. */
  public ModelConfig config() {
    return config;
  }

  /** Returns all tensors by canonical name, readable until this checkpoint is closed. */
  public Map<String, Tensor> tensors() {
    return tensors;
  }

  /**
   * Returns where a tensor stands, for messages.
   *
   * @param tensor one of this checkpoint
   * @return its file and the byte where it begins
   */
  public String place(Tensor tensor) {
    return files.place(tensor);
  }

  /** Returns where the weights begin, for messages: the first file and byte 0. */
  public String place() {
    return files.place();
  }

  /** Returns the raw definition of the tokenizer. */
  public Vocabulary vocabulary() {
    return text.vocabulary();
  }

  /** Returns the Jinja source of the chat template, where the checkpoint has one. */
  public Optional<String> chatTemplate() {
    return text.chatTemplate();
  }

  /**
   * Returns the token ids that end an answer by the checkpoint's own word, beside those that the
   * vocabulary names; often none.
   */
  public TokenIds endTokens() {
    return text.endTokens();
  }

  /**
   * Returns the SHA-256 over the weight files in order, lower-case hexadecimal. The first call
   * reads all of them.
   */
  public String hash() {
    return files.hash();
  }

  /** Unmaps the files: tensors cannot be read any more. */
  @Override
  public void close() {
    files.close();
  }
}
