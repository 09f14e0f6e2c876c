package dev.chasqui.engine.backend.cuda;

/**
 * The sizes for which decode steps are captured: a step is filled up to the next one, so that a few
 * graphs serve all. Rows that fill up cost little: a decode step reads the weights once, whatever
 * the rows, and no keys and values for them.
 */
final class Buckets {

  private static final int SMALL = 8;
  private static final int MEDIUM = 64;
  private static final int MEDIUM_STEP = 8;
  private static final int LARGE_STEP = 32;
  private static final int SHORTEST = 256;

  private Buckets() {}

  /** Returns the rows of the bucket that holds so many; none for none. */
  static int rows(int rows) {
    if (rows <= 1) {
      return rows;
    }
    if (rows <= SMALL) {
      return 2 * Integer.highestOneBit(rows - 1);
    }
    int step = rows <= MEDIUM ? MEDIUM_STEP : LARGE_STEP;
    return Math.ceilDiv(rows, step) * step;
  }

  /** Returns the context length of the bucket that holds so many tokens: a power of two. */
  static int length(int tokens) {
    return tokens <= SHORTEST ? SHORTEST : 2 * Integer.highestOneBit(tokens - 1);
  }
}
