package dev.chasqui.engine.backend;

import dev.chasqui.engine.tensor.Tensor;
import java.util.List;
import java.util.Map;

/**
 * Finds a program's weights and holds them against the shapes that it expects.
 *
 * @param tensors by name
 * @param adapters what is added to the products with some of them
 */
public record BoundWeights(Map<String, Tensor> tensors, List<Adapter> adapters) {

  /**
   * Returns a weight as it is stored.
   *
   * @param weight its name and shape
   * @return the tensor
   * @throws IllegalArgumentException if it is missing or of another shape
   */
  public Tensor matrix(Weight weight) {
    Tensor tensor = tensors.get(weight.name());
    if (tensor == null) {
      throw new IllegalArgumentException("weight " + weight.name() + " is missing");
    }
    if (tensor.rows() != weight.rows() || tensor.columns() != weight.columns()) {
      throw new IllegalArgumentException(
          "weight %s is [%d, %d], but [%d, %d] is needed"
              .formatted(
                  weight.name(), tensor.rows(), tensor.columns(), weight.rows(), weight.columns()));
    }
    return tensor;
  }

  /**
   * Returns the values of a weight.
   *
   * @param weight its name and shape
   * @return row-major values
   * @throws IllegalArgumentException if it is missing or of another shape
   */
  public float[] vector(Weight weight) {
    return matrix(weight).toFloats();
  }
}
