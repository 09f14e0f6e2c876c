package dev.chasqui.engine.backend.cuda;

import dev.chasqui.engine.tensor.Dtype;
import java.util.Optional;

/** What the kernels read as it is stored. Codes are those of kernels.h. */
enum StoredType {
  F32(0, Dtype.F32),
  F16(1, Dtype.F16),
  BF16(2, Dtype.BF16),
  Q8_0(3, Dtype.Q8_0),
  Q4_0(4, Dtype.Q4_0),
  Q4_1(5, Dtype.Q4_1),
  Q4_K(8, Dtype.Q4_K),
  Q6_K(10, Dtype.Q6_K);

  private final int code;
  private final Dtype dtype;

  StoredType(int code, Dtype dtype) {
    this.code = code;
    this.dtype = dtype;
  }

  int code() {
    return code;
  }

  /** Returns the bytes of so many values in whole blocks. */
  long bytes(long values) {
    return dtype.bytes(values);
  }

  /** Returns the one for a dtype; empty where it has to be quantised anew. */
  static Optional<StoredType> of(Dtype dtype) {
    return switch (dtype) {
      case F32 -> Optional.of(F32);
      case F16 -> Optional.of(F16);
      case BF16 -> Optional.of(BF16);
      case Q8_0 -> Optional.of(Q8_0);
      case Q4_0 -> Optional.of(Q4_0);
      case Q4_1 -> Optional.of(Q4_1);
      case Q4_K -> Optional.of(Q4_K);
      case Q6_K -> Optional.of(Q6_K);
      case Q5_0, Q5_1, Q5_K, Q2_K, Q3_K, IQ4_NL, IQ4_XS -> Optional.empty();
    };
  }
}
