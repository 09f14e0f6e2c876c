package dev.chasqui.engine.backend.vector;

import static dev.chasqui.engine.backend.vector.Lanes.COUNT;
import static dev.chasqui.engine.backend.vector.Lanes.FLOATS;
import static dev.chasqui.engine.backend.vector.Lanes.STRIP;
import static dev.chasqui.engine.backend.vector.Lanes.highHalf;
import static dev.chasqui.engine.backend.vector.Lanes.ints;
import static dev.chasqui.engine.backend.vector.Lanes.lowHalf;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;

/**
 * Finite f16 numbers, {@code [columns / 2, 16, 2]}; an odd last column stands alone in its pair.
 */
final class HalfPacking implements Packing {

  private static final long PAIR = 4L * Lanes.MOST;

  @Override
  public long groupBytes(int columns) {
    return (columns + 1) / 2 * PAIR;
  }

  @Override
  public void multiply(
      MemorySegment packed, long a, long b, int columns, float[] x, int xAt, Workspace work) {
    FloatVector sumA = FloatVector.zero(FLOATS);
    FloatVector sumB = sumA;
    for (int pair = 0; pair < columns / 2; pair++) {
      FloatVector v = FloatVector.broadcast(FLOATS, x[xAt + 2 * pair]);
      FloatVector w = FloatVector.broadcast(FLOATS, x[xAt + 2 * pair + 1]);
      sumA =
          highHalf(ints(packed, a + pair * PAIR))
              .fma(w, lowHalf(ints(packed, a + pair * PAIR)).fma(v, sumA));
      sumB =
          highHalf(ints(packed, b + pair * PAIR))
              .fma(w, lowHalf(ints(packed, b + pair * PAIR)).fma(v, sumB));
    }
    if (columns % 2 == 1) {
      FloatVector v = FloatVector.broadcast(FLOATS, x[xAt + columns - 1]);
      sumA = lowHalf(ints(packed, a + columns / 2 * PAIR)).fma(v, sumA);
      sumB = lowHalf(ints(packed, b + columns / 2 * PAIR)).fma(v, sumB);
    }
    sumA.intoArray(work.sums(), 0);
    sumB.intoArray(work.sums(), COUNT);
  }

  @Override
  public void unpack(MemorySegment packed, long a, long b, int from, int count, Workspace work) {
    float[] panel = work.panel();
    long start = from / 2 * PAIR;
    for (int pair = 0; pair < count / 2; pair++) {
      long offset = start + pair * PAIR;
      int at = 2 * pair * STRIP;
      lowHalf(ints(packed, a + offset)).intoArray(panel, at);
      lowHalf(ints(packed, b + offset)).intoArray(panel, at + COUNT);
      highHalf(ints(packed, a + offset)).intoArray(panel, at + STRIP);
      highHalf(ints(packed, b + offset)).intoArray(panel, at + STRIP + COUNT);
    }
    if (count % 2 == 1) {
      long offset = start + count / 2 * PAIR;
      lowHalf(ints(packed, a + offset)).intoArray(panel, (count - 1) * STRIP);
      lowHalf(ints(packed, b + offset)).intoArray(panel, (count - 1) * STRIP + COUNT);
    }
  }
}
