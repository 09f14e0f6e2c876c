package dev.chasqui.engine.backend.vector;

import static dev.chasqui.engine.backend.vector.Lanes.COUNT;
import static dev.chasqui.engine.backend.vector.Lanes.FLOATS;
import static dev.chasqui.engine.backend.vector.Lanes.STRIP;

import jdk.incubator.vector.FloatVector;

/**
 * The inner loops of all products of many rows: of projections, of attention scores and of attended
 * values.
 *
 * <p>{@code sums[r][lane] += x[rows[r] + k] * panel[k][lane]} for k from 0 to depth - 1 in
 * ascending order by fused multiply-adds, where a panel row is two vectors at {@code a + k *
 * stride} and {@code b + k * stride}. The sums stay in registers: 8 rows take 16 of them, which is
 * right where there are 32 (AVX-512, NEON); 4 rows fit 16 registers.
 */
final class Tiles {

  /** Rows of the larger tile. */
  static final int ROWS = COUNT == Lanes.MOST ? 8 : 4;

  private Tiles() {}

  /** Returns the length of the sums of a tile: {@code [ROWS, STRIP]}. */
  static int sums() {
    return ROWS * STRIP;
  }

  /** Computes up to {@link #ROWS} rows; {@code rows} names 8, unused ones a valid offset. */
  static void tile(
      float[] panel, int a, int b, int stride, int depth, float[] x, int[] rows, float[] sums) {
    if (rows.length > 4) {
      tile8(panel, a, b, stride, depth, x, rows, sums);
    } else {
      tile4(panel, a, b, stride, depth, x, rows, sums);
    }
  }

  /** 4 rows; see the class comment. */
  static void tile4(
      float[] panel, int a, int b, int stride, int depth, float[] x, int[] rows, float[] sums) {
    int x0 = rows[0];
    int x1 = rows[1];
    int x2 = rows[2];
    int x3 = rows[3];
    FloatVector a0 = FloatVector.fromArray(FLOATS, sums, 0);
    FloatVector b0 = FloatVector.fromArray(FLOATS, sums, COUNT);
    FloatVector a1 = FloatVector.fromArray(FLOATS, sums, 2 * COUNT);
    FloatVector b1 = FloatVector.fromArray(FLOATS, sums, 3 * COUNT);
    FloatVector a2 = FloatVector.fromArray(FLOATS, sums, 4 * COUNT);
    FloatVector b2 = FloatVector.fromArray(FLOATS, sums, 5 * COUNT);
    FloatVector a3 = FloatVector.fromArray(FLOATS, sums, 6 * COUNT);
    FloatVector b3 = FloatVector.fromArray(FLOATS, sums, 7 * COUNT);
    for (int k = 0; k < depth; k++) {
      FloatVector wA = FloatVector.fromArray(FLOATS, panel, a + k * stride);
      FloatVector wB = FloatVector.fromArray(FLOATS, panel, b + k * stride);
      FloatVector v = FloatVector.broadcast(FLOATS, x[x0 + k]);
      a0 = wA.fma(v, a0);
      b0 = wB.fma(v, b0);
      v = FloatVector.broadcast(FLOATS, x[x1 + k]);
      a1 = wA.fma(v, a1);
      b1 = wB.fma(v, b1);
      v = FloatVector.broadcast(FLOATS, x[x2 + k]);
      a2 = wA.fma(v, a2);
      b2 = wB.fma(v, b2);
      v = FloatVector.broadcast(FLOATS, x[x3 + k]);
      a3 = wA.fma(v, a3);
      b3 = wB.fma(v, b3);
    }
    a0.intoArray(sums, 0);
    b0.intoArray(sums, COUNT);
    a1.intoArray(sums, 2 * COUNT);
    b1.intoArray(sums, 3 * COUNT);
    a2.intoArray(sums, 4 * COUNT);
    b2.intoArray(sums, 5 * COUNT);
    a3.intoArray(sums, 6 * COUNT);
    b3.intoArray(sums, 7 * COUNT);
  }

  /** 8 rows; see the class comment. */
  static void tile8(
      float[] panel, int a, int b, int stride, int depth, float[] x, int[] rows, float[] sums) {
    int x0 = rows[0];
    int x1 = rows[1];
    int x2 = rows[2];
    int x3 = rows[3];
    int x4 = rows[4];
    int x5 = rows[5];
    int x6 = rows[6];
    int x7 = rows[7];
    FloatVector a0 = FloatVector.fromArray(FLOATS, sums, 0);
    FloatVector b0 = FloatVector.fromArray(FLOATS, sums, COUNT);
    FloatVector a1 = FloatVector.fromArray(FLOATS, sums, 2 * COUNT);
    FloatVector b1 = FloatVector.fromArray(FLOATS, sums, 3 * COUNT);
    FloatVector a2 = FloatVector.fromArray(FLOATS, sums, 4 * COUNT);
    FloatVector b2 = FloatVector.fromArray(FLOATS, sums, 5 * COUNT);
    FloatVector a3 = FloatVector.fromArray(FLOATS, sums, 6 * COUNT);
    FloatVector b3 = FloatVector.fromArray(FLOATS, sums, 7 * COUNT);
    FloatVector a4 = FloatVector.fromArray(FLOATS, sums, 8 * COUNT);
    FloatVector b4 = FloatVector.fromArray(FLOATS, sums, 9 * COUNT);
    FloatVector a5 = FloatVector.fromArray(FLOATS, sums, 10 * COUNT);
    FloatVector b5 = FloatVector.fromArray(FLOATS, sums, 11 * COUNT);
    FloatVector a6 = FloatVector.fromArray(FLOATS, sums, 12 * COUNT);
    FloatVector b6 = FloatVector.fromArray(FLOATS, sums, 13 * COUNT);
    FloatVector a7 = FloatVector.fromArray(FLOATS, sums, 14 * COUNT);
    FloatVector b7 = FloatVector.fromArray(FLOATS, sums, 15 * COUNT);
    for (int k = 0; k < depth; k++) {
      FloatVector wA = FloatVector.fromArray(FLOATS, panel, a + k * stride);
      FloatVector wB = FloatVector.fromArray(FLOATS, panel, b + k * stride);
      FloatVector v = FloatVector.broadcast(FLOATS, x[x0 + k]);
      a0 = wA.fma(v, a0);
      b0 = wB.fma(v, b0);
      v = FloatVector.broadcast(FLOATS, x[x1 + k]);
      a1 = wA.fma(v, a1);
      b1 = wB.fma(v, b1);
      v = FloatVector.broadcast(FLOATS, x[x2 + k]);
      a2 = wA.fma(v, a2);
      b2 = wB.fma(v, b2);
      v = FloatVector.broadcast(FLOATS, x[x3 + k]);
      a3 = wA.fma(v, a3);
      b3 = wB.fma(v, b3);
      v = FloatVector.broadcast(FLOATS, x[x4 + k]);
      a4 = wA.fma(v, a4);
      b4 = wB.fma(v, b4);
      v = FloatVector.broadcast(FLOATS, x[x5 + k]);
      a5 = wA.fma(v, a5);
      b5 = wB.fma(v, b5);
      v = FloatVector.broadcast(FLOATS, x[x6 + k]);
      a6 = wA.fma(v, a6);
      b6 = wB.fma(v, b6);
      v = FloatVector.broadcast(FLOATS, x[x7 + k]);
      a7 = wA.fma(v, a7);
      b7 = wB.fma(v, b7);
    }
    a0.intoArray(sums, 0);
    b0.intoArray(sums, COUNT);
    a1.intoArray(sums, 2 * COUNT);
    b1.intoArray(sums, 3 * COUNT);
    a2.intoArray(sums, 4 * COUNT);
    b2.intoArray(sums, 5 * COUNT);
    a3.intoArray(sums, 6 * COUNT);
    b3.intoArray(sums, 7 * COUNT);
    a4.intoArray(sums, 8 * COUNT);
    b4.intoArray(sums, 9 * COUNT);
    a5.intoArray(sums, 10 * COUNT);
    b5.intoArray(sums, 11 * COUNT);
    a6.intoArray(sums, 12 * COUNT);
    b6.intoArray(sums, 13 * COUNT);
    a7.intoArray(sums, 14 * COUNT);
    b7.intoArray(sums, 15 * COUNT);
  }
}
