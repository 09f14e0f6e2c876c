package dev.chasqui.engine.backend.nativecode;

import dev.chasqui.engine.backend.BoundWeights;
import dev.chasqui.engine.backend.LowRank;
import dev.chasqui.engine.backend.Weight;
import dev.chasqui.engine.tensor.Dequantizer;
import dev.chasqui.engine.tensor.Dtype;
import dev.chasqui.engine.tensor.Tensor;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Hands weights to a session, each once. */
final class Weights {

  private static final System.Logger LOG = System.getLogger(Weights.class.getName());

  private final long session;
  private final BoundWeights bound;
  private final Map<Weight, Integer> matrices = new HashMap<>();
  private final Map<Weight, Integer> vectors = new HashMap<>();
  private final Set<Dtype> rounded = EnumSet.noneOf(Dtype.class);

  Weights(long session, BoundWeights bound) {
    this.session = session;
    this.bound = bound;
  }

  /** Returns a weight as it is stored. */
  Tensor tensor(Weight weight) {
    return bound.matrix(weight);
  }

  /** Returns whether a matrix is multiplied with int8 activations. */
  boolean isQuantised(Weight weight) {
    return storedType(bound.matrix(weight)).quantised();
  }

  /** Returns the index of a packed matrix. */
  int matrix(Weight weight) {
    return matrices.computeIfAbsent(weight, w -> pack(bound.matrix(w)));
  }

  /** Returns the index of a vector. */
  int vector(Weight weight) {
    return vectors.computeIfAbsent(weight, w -> NativeCalls.addVector(session, bound.vector(w)));
  }

  /** Returns the index of an adapter's matrix to its rank, float32. */
  int down(LowRank change) {
    return addFloats(change.down(), change.down().toFloats());
  }

  /** Returns the index of an adapter's matrix from its rank, float32, times the adapter's scale. */
  int up(LowRank change) {
    float[] values = change.up().toFloats();
    for (int i = 0; i < values.length; i++) {
      values[i] *= change.scale();
    }
    return addFloats(change.up(), values);
  }

  private int addFloats(Tensor tensor, float[] values) {
    try (Arena arena = Arena.ofConfined()) {
      return add(tensor, StoredType.F32, arena.allocateFrom(ValueLayout.JAVA_FLOAT, values));
    }
  }

  private static StoredType storedType(Tensor tensor) {
    return StoredType.of(tensor.dtype()).orElse(StoredType.ROUNDED);
  }

  private int pack(Tensor tensor) {
    try (Arena arena = Arena.ofConfined()) {
      return add(tensor, storedType(tensor), bytes(tensor, arena));
    }
  }

  private int add(Tensor tensor, StoredType type, MemorySegment bytes) {
    return NativeCalls.addMatrix(
        session, type.code(), tensor.rows(), tensor.columns(), bytes.address(), bytes.byteSize());
  }

  private MemorySegment bytes(Tensor tensor, Arena arena) {
    if (storedType(tensor) == StoredType.ROUNDED) {
      return dequantised(tensor, arena);
    }
    return tensor.bytes().isNative()
        ? tensor.bytes()
        : arena.allocate(tensor.bytes().byteSize()).copyFrom(tensor.bytes());
  }

  private MemorySegment dequantised(Tensor tensor, Arena arena) {
    if (rounded.add(tensor.dtype())) {
      LOG.log(
          System.Logger.Level.INFO,
          "weights of dtype {0} are repacked as Q8_0: backend native has no kernel of their own for"
              + " them",
          tensor.dtype());
    }
    int columns = tensor.columns();
    float[] row = new float[columns];
    MemorySegment floats = arena.allocate(ValueLayout.JAVA_FLOAT, tensor.values());
    for (int i = 0; i < tensor.rows(); i++) {
      Dequantizer.of(tensor.dtype())
          .dequantize(tensor.bytes(), i * tensor.rowBytes(), row, 0, columns);
      MemorySegment.copy(
          row, 0, floats, ValueLayout.JAVA_FLOAT, (long) i * columns * Float.BYTES, columns);
    }
    return floats;
  }
}
