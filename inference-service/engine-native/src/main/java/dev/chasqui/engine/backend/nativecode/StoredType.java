package dev.chasqui.engine.backend.nativecode;

import dev.chasqui.engine.tensor.Dtype;
import java.util.Optional;

/** What the library can pack as it is stored. Codes are those of pack.h. */
enum StoredType {
  F32(0, false),
  F16(1, false),
  BF16(2, false),
  Q8_0(3, true),
  Q4_0(4, true),
  Q4_1(5, true),
  Q5_0(6, true),
  Q5_1(7, true),
  Q4_K(8, true),
  Q5_K(9, true),
  Q6_K(10, true),
  /** Float32 that is to be rounded to int8 with a scale for 32 columns. */
  ROUNDED(11, true);

  private final int code;
  private final boolean quantised;

  StoredType(int code, boolean quantised) {
    this.code = code;
    this.quantised = quantised;
  }

  int code() {
    return code;
  }

  /** Returns whether the weights are multiplied with int8 activations. */
  boolean quantised() {
    return quantised;
  }

  /** Returns the one for a dtype; empty where it has to be rounded. */
  static Optional<StoredType> of(Dtype dtype) {
    return switch (dtype) {
      case F32 -> Optional.of(F32);
      case F16 -> Optional.of(F16);
      case BF16 -> Optional.of(BF16);
      case Q8_0 -> Optional.of(Q8_0);
      case Q4_0 -> Optional.of(Q4_0);
      case Q4_1 -> Optional.of(Q4_1);
      case Q5_0 -> Optional.of(Q5_0);
      case Q5_1 -> Optional.of(Q5_1);
      case Q4_K -> Optional.of(Q4_K);
      case Q5_K -> Optional.of(Q5_K);
      case Q6_K -> Optional.of(Q6_K);
      case Q2_K, Q3_K, IQ4_NL, IQ4_XS -> Optional.empty();
    };
  }
}
