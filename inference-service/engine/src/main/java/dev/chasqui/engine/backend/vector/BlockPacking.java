package dev.chasqui.engine.backend.vector;

import static dev.chasqui.engine.backend.vector.Lanes.STRIP;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.IntVector;

/** A packing of quantised blocks of 32 columns with an f16 scale and an f16 minimum. */
interface BlockPacking extends Packing {

  /** Returns how many consecutive columns of one row share an int. */
  int columnsPerInt();

  /**
   * Unpacks scales and minima of one vector of rows. They go through an array because C2 stops
   * inlining, and then boxes vectors, in a method that reads more than a few vectors from memory
   * segments (NodeCountInliningCutoff).
   *
   * @param packed the matrix
   * @param at offset of the first block, which begins with an int for each row
   * @param blockBytes distance of blocks
   * @param blocks number of blocks
   * @param factors gets {@code [blocks, 2, STRIP]}: scales, minima
   * @param lanes where in the strip the vector stands
   */
  static void unpackFactors(
      MemorySegment packed, long at, long blockBytes, int blocks, float[] factors, int lanes) {
    for (int block = 0; block < blocks; block++) {
      IntVector halves =
          IntVector.fromMemorySegment(Lanes.INTS, packed, at + block * blockBytes, Lanes.LE);
      int to = block * 2 * STRIP + lanes;
      Lanes.lowHalf(halves).intoArray(factors, to);
      Lanes.highHalf(halves).intoArray(factors, to + STRIP);
    }
  }
}
