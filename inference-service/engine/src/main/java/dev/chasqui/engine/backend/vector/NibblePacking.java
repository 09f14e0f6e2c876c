package dev.chasqui.engine.backend.vector;

import static dev.chasqui.engine.backend.vector.BlockPacking.unpackFactors;
import static dev.chasqui.engine.backend.vector.Lanes.COUNT;
import static dev.chasqui.engine.backend.vector.Lanes.FLOATS;
import static dev.chasqui.engine.backend.vector.Lanes.LE;
import static dev.chasqui.engine.backend.vector.Lanes.STRIP;
import static jdk.incubator.vector.VectorOperators.I2F;
import static jdk.incubator.vector.VectorOperators.LSHR;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;

/**
 * Unsigned numbers of 4 bits with an f16 scale and an f16 minimum for 32 columns: scale * q +
 * minimum.
 *
 * <p>A block of 32 columns: an int for each of 16 rows (scale low, minimum high), then 4 times an
 * int for each row with 8 consecutive columns, lowest bits first.
 *
 * <p>The columns of an int are written out: C2 unrolls a loop over them in some compilations only,
 * and a loop is half as fast.
 */
final class NibblePacking implements BlockPacking {

  private static final int INTS = 4;
  private static final int PER_INT = BLOCK / INTS;
  private static final long LINE = 4L * Lanes.MOST;
  private static final long BYTES = (1 + INTS) * LINE;

  @Override
  public int columnsPerInt() {
    return PER_INT;
  }

  @Override
  public long groupBytes(int columns) {
    return columns / BLOCK * BYTES;
  }

  @Override
  public void multiply(
      MemorySegment packed, long a, long b, int columns, float[] x, int xAt, Workspace work) {
    int blocks = columns / BLOCK;
    float[] factors = work.factors(blocks);
    unpackFactors(packed, a, BYTES, blocks, factors, 0);
    unpackFactors(packed, b, BYTES, blocks, factors, COUNT);
    FloatVector sumA = FloatVector.zero(FLOATS);
    FloatVector sumB = sumA;
    for (int block = 0; block < blocks; block++) {
      int factor = block * 2 * STRIP;
      FloatVector scaleA = FloatVector.fromArray(FLOATS, factors, factor);
      FloatVector scaleB = FloatVector.fromArray(FLOATS, factors, factor + COUNT);
      FloatVector minimumA = FloatVector.fromArray(FLOATS, factors, factor + STRIP);
      FloatVector minimumB = FloatVector.fromArray(FLOATS, factors, factor + STRIP + COUNT);
      for (int i = 1; i <= INTS; i++) {
        IntVector qA =
            IntVector.fromMemorySegment(Lanes.INTS, packed, a + block * BYTES + i * LINE, LE);
        IntVector qB =
            IntVector.fromMemorySegment(Lanes.INTS, packed, b + block * BYTES + i * LINE, LE);
        int k = xAt + block * BLOCK + (i - 1) * PER_INT;
        FloatVector v = FloatVector.broadcast(FLOATS, x[k]);
        FloatVector wA = (FloatVector) qA.and(15).convert(I2F, 0);
        FloatVector wB = (FloatVector) qB.and(15).convert(I2F, 0);
        sumA = wA.fma(scaleA, minimumA).fma(v, sumA);
        sumB = wB.fma(scaleB, minimumB).fma(v, sumB);
        v = FloatVector.broadcast(FLOATS, x[k + 1]);
        wA = (FloatVector) qA.lanewise(LSHR, 4).and(15).convert(I2F, 0);
        wB = (FloatVector) qB.lanewise(LSHR, 4).and(15).convert(I2F, 0);
        sumA = wA.fma(scaleA, minimumA).fma(v, sumA);
        sumB = wB.fma(scaleB, minimumB).fma(v, sumB);
        v = FloatVector.broadcast(FLOATS, x[k + 2]);
        wA = (FloatVector) qA.lanewise(LSHR, 8).and(15).convert(I2F, 0);
        wB = (FloatVector) qB.lanewise(LSHR, 8).and(15).convert(I2F, 0);
        sumA = wA.fma(scaleA, minimumA).fma(v, sumA);
        sumB = wB.fma(scaleB, minimumB).fma(v, sumB);
        v = FloatVector.broadcast(FLOATS, x[k + 3]);
        wA = (FloatVector) qA.lanewise(LSHR, 12).and(15).convert(I2F, 0);
        wB = (FloatVector) qB.lanewise(LSHR, 12).and(15).convert(I2F, 0);
        sumA = wA.fma(scaleA, minimumA).fma(v, sumA);
        sumB = wB.fma(scaleB, minimumB).fma(v, sumB);
        v = FloatVector.broadcast(FLOATS, x[k + 4]);
        wA = (FloatVector) qA.lanewise(LSHR, 16).and(15).convert(I2F, 0);
        wB = (FloatVector) qB.lanewise(LSHR, 16).and(15).convert(I2F, 0);
        sumA = wA.fma(scaleA, minimumA).fma(v, sumA);
        sumB = wB.fma(scaleB, minimumB).fma(v, sumB);
        v = FloatVector.broadcast(FLOATS, x[k + 5]);
        wA = (FloatVector) qA.lanewise(LSHR, 20).and(15).convert(I2F, 0);
        wB = (FloatVector) qB.lanewise(LSHR, 20).and(15).convert(I2F, 0);
        sumA = wA.fma(scaleA, minimumA).fma(v, sumA);
        sumB = wB.fma(scaleB, minimumB).fma(v, sumB);
        v = FloatVector.broadcast(FLOATS, x[k + 6]);
        wA = (FloatVector) qA.lanewise(LSHR, 24).and(15).convert(I2F, 0);
        wB = (FloatVector) qB.lanewise(LSHR, 24).and(15).convert(I2F, 0);
        sumA = wA.fma(scaleA, minimumA).fma(v, sumA);
        sumB = wB.fma(scaleB, minimumB).fma(v, sumB);
        v = FloatVector.broadcast(FLOATS, x[k + 7]);
        wA = (FloatVector) qA.lanewise(LSHR, 28).convert(I2F, 0);
        wB = (FloatVector) qB.lanewise(LSHR, 28).convert(I2F, 0);
        sumA = wA.fma(scaleA, minimumA).fma(v, sumA);
        sumB = wB.fma(scaleB, minimumB).fma(v, sumB);
      }
    }
    sumA.intoArray(work.sums(), 0);
    sumB.intoArray(work.sums(), COUNT);
  }

  @Override
  public void unpack(MemorySegment packed, long a, long b, int from, int count, Workspace work) {
    int blocks = count / BLOCK;
    long start = from / BLOCK * BYTES;
    float[] factors = work.factors(blocks);
    unpackFactors(packed, a + start, BYTES, blocks, factors, 0);
    unpackFactors(packed, b + start, BYTES, blocks, factors, COUNT);
    for (int half = 0; half < 2; half++) {
      unpackVector(
          packed, (half == 0 ? a : b) + start, blocks, factors, half * COUNT, work.panel());
    }
  }

  private static void unpackVector(
      MemorySegment packed, long at, int blocks, float[] factors, int lanes, float[] panel) {
    for (int block = 0; block < blocks; block++) {
      int factor = block * 2 * STRIP + lanes;
      FloatVector scale = FloatVector.fromArray(FLOATS, factors, factor);
      FloatVector minimum = FloatVector.fromArray(FLOATS, factors, factor + STRIP);
      for (int i = 1; i <= INTS; i++) {
        IntVector q =
            IntVector.fromMemorySegment(Lanes.INTS, packed, at + block * BYTES + i * LINE, LE);
        int to = (block * BLOCK + (i - 1) * PER_INT) * STRIP + lanes;
        FloatVector w = (FloatVector) q.and(15).convert(I2F, 0);
        w.fma(scale, minimum).intoArray(panel, to);
        w = (FloatVector) q.lanewise(LSHR, 4).and(15).convert(I2F, 0);
        w.fma(scale, minimum).intoArray(panel, to + STRIP);
        w = (FloatVector) q.lanewise(LSHR, 8).and(15).convert(I2F, 0);
        w.fma(scale, minimum).intoArray(panel, to + 2 * STRIP);
        w = (FloatVector) q.lanewise(LSHR, 12).and(15).convert(I2F, 0);
        w.fma(scale, minimum).intoArray(panel, to + 3 * STRIP);
        w = (FloatVector) q.lanewise(LSHR, 16).and(15).convert(I2F, 0);
        w.fma(scale, minimum).intoArray(panel, to + 4 * STRIP);
        w = (FloatVector) q.lanewise(LSHR, 20).and(15).convert(I2F, 0);
        w.fma(scale, minimum).intoArray(panel, to + 5 * STRIP);
        w = (FloatVector) q.lanewise(LSHR, 24).and(15).convert(I2F, 0);
        w.fma(scale, minimum).intoArray(panel, to + 6 * STRIP);
        w = (FloatVector) q.lanewise(LSHR, 28).convert(I2F, 0);
        w.fma(scale, minimum).intoArray(panel, to + 7 * STRIP);
      }
    }
  }
}
