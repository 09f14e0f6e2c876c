package dev.chasqui.engine.checkpoint;

/** A metadata value, as a place in the file: it is read when asked for. */
sealed interface GgufValue {

  /**
   * A number, flag or string.
   *
   * @param type its type
   * @param offset where it begins
   */
  record Single(GgufType type, long offset) implements GgufValue {}

  /**
   * An array of numbers, flags or strings; every element was found to lie within the file.
   *
   * @param elementType type of the elements
   * @param count number of elements
   * @param offset where the first one begins
   */
  record Array(GgufType elementType, int count, long offset) implements GgufValue {}
}
