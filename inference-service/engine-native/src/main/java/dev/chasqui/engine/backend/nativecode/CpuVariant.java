package dev.chasqui.engine.backend.nativecode;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Kernels for one kind of CPU, from the least to the best. Codes are those of cpu.h. */
enum CpuVariant {
  /** Plain C++. */
  PORTABLE(0),
  /** AVX2 and FMA. */
  AVX2(1),
  /** AVX-512 with VNNI. */
  AVX512(2),
  /** AVX-512 with VNNI, and AMX tiles of int8 where eight rows or more are multiplied. */
  AMX(3),
  /** NEON with the dot products of Armv8.2. */
  NEON(4);

  private final int code;

  CpuVariant(int code) {
    this.code = code;
  }

  int code() {
    return code;
  }

  /** Returns the name by which it is forced. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  static List<CpuVariant> of(int bits) {
    return Arrays.stream(values()).filter(variant -> (bits >> variant.code & 1) == 1).toList();
  }

  static CpuVariant best(List<CpuVariant> usable) {
    return usable.stream().max(Comparator.naturalOrder()).orElse(PORTABLE);
  }
}
