package dev.chasqui.engine.backend.vector;

import static dev.chasqui.engine.backend.vector.Lanes.COUNT;
import static dev.chasqui.engine.backend.vector.Lanes.FLOATS;
import static dev.chasqui.engine.backend.vector.Lanes.STRIP;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;

/** Float32, {@code [columns, 16]}. */
final class SinglePacking implements Packing {

  private static final long COLUMN = 4L * Lanes.MOST;

  @Override
  public long groupBytes(int columns) {
    return columns * COLUMN;
  }

  @Override
  public void multiply(
      MemorySegment packed, long a, long b, int columns, float[] x, int xAt, Workspace work) {
    FloatVector sumA = FloatVector.zero(FLOATS);
    FloatVector sumB = sumA;
    for (int k = 0; k < columns; k++) {
      FloatVector v = FloatVector.broadcast(FLOATS, x[xAt + k]);
      sumA = floats(packed, a + k * COLUMN).fma(v, sumA);
      sumB = floats(packed, b + k * COLUMN).fma(v, sumB);
    }
    sumA.intoArray(work.sums(), 0);
    sumB.intoArray(work.sums(), COUNT);
  }

  @Override
  public void unpack(MemorySegment packed, long a, long b, int from, int count, Workspace work) {
    float[] panel = work.panel();
    for (int k = 0; k < count; k++) {
      floats(packed, a + (from + k) * COLUMN).intoArray(panel, k * STRIP);
      floats(packed, b + (from + k) * COLUMN).intoArray(panel, k * STRIP + COUNT);
    }
  }

  private static FloatVector floats(MemorySegment packed, long offset) {
    return FloatVector.fromMemorySegment(FLOATS, packed, offset, ByteOrder.LITTLE_ENDIAN);
  }
}
