package dev.chasqui.engine.backend.cuda;

import dev.chasqui.engine.backend.BoundWeights;
import dev.chasqui.engine.backend.Op;
import dev.chasqui.engine.backend.Program;
import dev.chasqui.engine.tensor.Dtype;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How what projections read, and keys and values, are stored. Sums, the residual stream and logits
 * are float32 in any case. Codes are those of kernels.h.
 */
enum Precision {
  F32(0, 4),
  F16(1, 2),
  BF16(2, 2);

  private final int code;
  private final int bytes;

  Precision(int code, int bytes) {
    this.code = code;
    this.bytes = bytes;
  }

  int code() {
    return code;
  }

  /** Returns the bytes of a value. */
  int bytes() {
    return bytes;
  }

  /** Returns the one of a model: that of its matrices, bfloat16 where they are quantised. */
  static Precision of(Program program, BoundWeights weights) {
    Set<Dtype> types =
        program.ops().stream()
            .filter(Op.Project.class::isInstance)
            .flatMap(op -> ((Op.Project) op).projections().stream())
            .map(projection -> weights.matrix(projection.weight()).dtype())
            .collect(Collectors.toSet());
    if (types.isEmpty() || types.equals(Set.of(Dtype.F32))) {
      return F32;
    }
    return types.contains(Dtype.F16) && types.size() == 1 ? F16 : BF16;
  }
}
