package dev.chasqui.engine.backend;

/**
 * How much KV memory a session has: blocks that sequences take one after the other.
 *
 * @param blocks number of blocks, ids 0 to blocks - 1
 * @param blockSizeTokens positions in a block
 */
public record KvShape(int blocks, int blockSizeTokens) {

  /** Checks the ranges. */
  public KvShape {
    if (blocks < 1 || blockSizeTokens < 1) {
      throw new IllegalArgumentException(
          "KV memory of %d blocks of %d tokens: both must be at least 1"
              .formatted(blocks, blockSizeTokens));
    }
  }

  /** Returns the positions that all blocks hold together. */
  public long tokens() {
    return (long) blocks * blockSizeTokens;
  }

  /**
   * Returns the bytes that float32 keys and values of a program take.
   *
   * @param program whose layers and heads count
   * @return bytes of all blocks
   */
  public long memoryBytes(Program program) {
    return 2L * Float.BYTES * program.layers() * program.attention().kvWidth() * tokens();
  }
}
