package dev.chasqui.engine.runtime;

import dev.chasqui.engine.checkpoint.Checkpoint;
import dev.chasqui.engine.tensor.Tensor;

/**
 * What a step of a model costs at least; without keys and values.
 *
 * @param weightBytes bytes of the weights that every step reads
 * @param operationsPerToken multiplications and additions of one token's products, without logits
 */
public record StepCost(long weightBytes, long operationsPerToken) {

  static StepCost of(Checkpoint checkpoint) {
    boolean tied = checkpoint.config().tiedEmbeddings();
    long bytes = 0;
    long operations = 0;
    for (Tensor tensor : checkpoint.tensors().values()) {
      boolean table = tensor.name().equals("token_embd.weight");
      boolean output = tensor.name().equals("output.weight");
      if (!table || tied) {
        bytes += tensor.bytes().byteSize();
      }
      if (!table && !output && tensor.shape().length == 2) {
        operations += 2 * tensor.values();
      }
    }
    return new StepCost(bytes, operations);
  }
}
