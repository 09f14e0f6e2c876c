package dev.chasqui.engine.tensor;

/**
 * How numbers are stored: blocks of a fixed number of values in a fixed number of bytes, little
 * endian. Layouts are those of ggml (ggml-common.h).
 */
public enum Dtype {
  /** IEEE 754 single. */
  F32(1, 4),
  /** IEEE 754 half. */
  F16(1, 2),
  /** The upper half of a single. */
  BF16(1, 2),
  /** f16 scale d, 32 signed bytes q: d * q. */
  Q8_0(32, 34),
  /** f16 scale d, 16 bytes of two nibbles: d * (q - 8); low nibbles are values 0..15. */
  Q4_0(32, 18),
  /** f16 scale d, f16 minimum m, 16 bytes of two nibbles: d * q + m. */
  Q4_1(32, 20),
  /** f16 scale d, 32 high bits, 16 bytes of two nibbles: d * (q - 16). */
  Q5_0(32, 22),
  /** f16 scale d, f16 minimum m, 32 high bits, 16 bytes of two nibbles: d * q + m. */
  Q5_1(32, 24),
  /** 16 sub-blocks of 16 with 4-bit scales and minima, 2-bit values. */
  Q2_K(256, 84),
  /** 16 sub-blocks of 16 with 6-bit scales, 3-bit values. */
  Q3_K(256, 110),
  /** 8 sub-blocks of 32 with 6-bit scales and minima, 4-bit values. */
  Q4_K(256, 144),
  /** 8 sub-blocks of 32 with 6-bit scales and minima, 5-bit values. */
  Q5_K(256, 176),
  /** 16 sub-blocks of 16 with 8-bit scales, 6-bit values. */
  Q6_K(256, 210),
  /** f16 scale, nibbles that index a table of 16 levels. */
  IQ4_NL(32, 18),
  /** 8 sub-blocks of 32 with 6-bit scales, nibbles that index a table of 16 levels. */
  IQ4_XS(256, 136);

  private final int blockSize;
  private final int bytesPerBlock;

  Dtype(int blockSize, int bytesPerBlock) {
    this.blockSize = blockSize;
    this.bytesPerBlock = bytesPerBlock;
  }

  /** Returns the number of values in a block. */
  public int blockSize() {
    return blockSize;
  }

  /** Returns the bytes of a block. */
  public int bytesPerBlock() {
    return bytesPerBlock;
  }

  /**
   * Returns how many bytes so many values take.
   *
   * @param values number of values, a multiple of the block size
   * @return their bytes
   * @throws IllegalArgumentException if the values do not fill whole blocks
   * @throws ArithmeticException if the bytes exceed a long
   */
  public long bytes(long values) {
    if (values < 0 || values % blockSize != 0) {
      throw new IllegalArgumentException(
          values + " values do not fill whole blocks of " + blockSize + " of " + this);
    }
    return Math.multiplyExact(values / blockSize, (long) bytesPerBlock);
  }
}
