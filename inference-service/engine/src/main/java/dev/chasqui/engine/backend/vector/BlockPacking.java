package dev.chasqui.engine.backend.vector;

/** A packing of quantised blocks of 32 columns with an f16 scale and an f16 minimum. */
interface BlockPacking extends Packing {

  /** Returns how many consecutive columns of one row share an int. */
  int columnsPerInt();
}
