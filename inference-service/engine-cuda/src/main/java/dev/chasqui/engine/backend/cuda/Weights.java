package dev.chasqui.engine.backend.cuda;

import dev.chasqui.engine.backend.BoundWeights;
import dev.chasqui.engine.backend.LowRank;
import dev.chasqui.engine.backend.Weight;
import dev.chasqui.engine.tensor.Tensor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Hands weights to a session, each once; matrices that are multiplied together as one. */
final class Weights {

  /** Rows of an adapter's matrices begin at multiples of so many values. */
  private static final int PITCH = 8;

  private final DeviceSession session;
  private final BoundWeights bound;
  private final Upload upload;
  private final Map<List<Weight>, Integer> matrices = new HashMap<>();
  private final Map<Weight, Integer> vectors = new HashMap<>();

  Weights(DeviceSession session, BoundWeights bound, Upload upload) {
    this.session = session;
    this.bound = bound;
    this.upload = upload;
  }

  /** Returns how a matrix is stored on the device. */
  StoredType storedType(Weight weight) {
    return Upload.storedType(bound.matrix(weight));
  }

  /** Returns the index of matrices of one type, one below the other. */
  int matrix(List<Weight> stacked) {
    return matrices.computeIfAbsent(List.copyOf(stacked), this::add);
  }

  /** Returns the index of a vector. */
  int vector(Weight weight) {
    return vectors.computeIfAbsent(weight, w -> session.addVector(bound.vector(w)));
  }

  /** Returns the index of an adapter's matrix to its rank. */
  int down(LowRank change) {
    return addPitched(change.down());
  }

  /** Returns the index of an adapter's matrix from its rank. */
  int up(LowRank change) {
    return addPitched(change.up());
  }

  private int add(List<Weight> stacked) {
    int rows = stacked.stream().mapToInt(Weight::rows).sum();
    int columns = stacked.getFirst().columns();
    int index = session.addMatrix(storedType(stacked.getFirst()), rows, columns);
    int firstRow = 0;
    for (Weight weight : stacked) {
      upload.fill(index, firstRow, bound.matrix(weight));
      firstRow += weight.rows();
    }
    return index;
  }

  private int addPitched(Tensor tensor) {
    int pitch = Math.ceilDiv(tensor.columns(), PITCH) * PITCH;
    float[] values = tensor.toFloats();
    float[] pitched = new float[tensor.rows() * pitch];
    for (int row = 0; row < tensor.rows(); row++) {
      System.arraycopy(values, row * tensor.columns(), pitched, row * pitch, tensor.columns());
    }
    return session.addVector(pitched);
  }
}
