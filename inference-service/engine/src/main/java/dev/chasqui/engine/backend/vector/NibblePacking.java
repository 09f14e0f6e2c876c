package dev.chasqui.engine.backend.vector;

import static dev.chasqui.engine.backend.vector.Lanes.COUNT;
import static dev.chasqui.engine.backend.vector.Lanes.FLOATS;
import static dev.chasqui.engine.backend.vector.Lanes.STRIP;
import static dev.chasqui.engine.backend.vector.Lanes.highHalf;
import static dev.chasqui.engine.backend.vector.Lanes.ints;
import static dev.chasqui.engine.backend.vector.Lanes.lowHalf;
import static dev.chasqui.engine.backend.vector.Lanes.toFloats;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/**
 * Unsigned numbers of 4 bits with an f16 scale and an f16 minimum for 32 columns: scale * q +
 * minimum.
 *
 * <p>A block of 32 columns: an int for each of 16 rows (scale low, minimum high), then 4 times an
 * int for each row with 8 consecutive columns, lowest bits first.
 */
final class NibblePacking implements BlockPacking {

  private static final int INTS = 4;
  private static final long LINE = 4L * Lanes.MOST;
  private static final long BYTES = (1 + INTS) * LINE;

  @Override
  public int columnsPerInt() {
    return BLOCK / INTS;
  }

  @Override
  public long groupBytes(int columns) {
    return columns / BLOCK * BYTES;
  }

  @Override
  public void multiply(
      MemorySegment packed, long a, long b, int columns, float[] x, int xAt, float[] out) {
    FloatVector sumA = FloatVector.zero(FLOATS);
    FloatVector sumB = sumA;
    for (int block = 0; block < columns / BLOCK; block++) {
      IntVector factorsA = ints(packed, a + block * BYTES);
      IntVector factorsB = ints(packed, b + block * BYTES);
      FloatVector scaleA = lowHalf(factorsA);
      FloatVector scaleB = lowHalf(factorsB);
      FloatVector minimumA = highHalf(factorsA);
      FloatVector minimumB = highHalf(factorsB);
      for (int i = 0; i < INTS; i++) {
        IntVector qA = ints(packed, a + block * BYTES + LINE + i * LINE);
        IntVector qB = ints(packed, b + block * BYTES + LINE + i * LINE);
        int k = xAt + block * BLOCK + i * 8;
        for (int t = 0; t < 8; t++) {
          FloatVector v = FloatVector.broadcast(FLOATS, x[k + t]);
          sumA = toFloats(qA.and(15)).fma(scaleA, minimumA).fma(v, sumA);
          sumB = toFloats(qB.and(15)).fma(scaleB, minimumB).fma(v, sumB);
          qA = qA.lanewise(VectorOperators.LSHR, 4);
          qB = qB.lanewise(VectorOperators.LSHR, 4);
        }
      }
    }
    sumA.intoArray(out, 0);
    sumB.intoArray(out, COUNT);
  }

  @Override
  public void unpack(MemorySegment packed, long a, long b, int from, int count, float[] panel) {
    long start = from / BLOCK * BYTES;
    for (int block = 0; block < count / BLOCK; block++) {
      long offset = start + block * BYTES;
      IntVector factorsA = ints(packed, a + offset);
      IntVector factorsB = ints(packed, b + offset);
      FloatVector scaleA = lowHalf(factorsA);
      FloatVector scaleB = lowHalf(factorsB);
      FloatVector minimumA = highHalf(factorsA);
      FloatVector minimumB = highHalf(factorsB);
      for (int i = 0; i < INTS; i++) {
        IntVector qA = ints(packed, a + offset + LINE + i * LINE);
        IntVector qB = ints(packed, b + offset + LINE + i * LINE);
        int at = (block * BLOCK + i * 8) * STRIP;
        for (int t = 0; t < 8; t++) {
          toFloats(qA.and(15)).fma(scaleA, minimumA).intoArray(panel, at + t * STRIP);
          toFloats(qB.and(15)).fma(scaleB, minimumB).intoArray(panel, at + t * STRIP + COUNT);
          qA = qA.lanewise(VectorOperators.LSHR, 4);
          qB = qB.lanewise(VectorOperators.LSHR, 4);
        }
      }
    }
  }
}
