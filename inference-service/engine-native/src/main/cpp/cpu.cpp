#include "cpu.h"

namespace chasqui {

int usableVariants() {
  int variants = 1;
#ifdef CHASQUI_X86
  __builtin_cpu_init();
  // gcc's and clang's answer includes whether the system saves the wide registers
  const bool avx2 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
  if (avx2) variants |= 1 << 1;
  if (avx2 && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
      __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl") &&
      __builtin_cpu_supports("avx512vnni")) {
    variants |= 1 << 2;
  }
#endif
  return variants;
}

const Kernels* kernelsOf(int variant) {
  if (variant < 0 || variant >= kVariants || (usableVariants() >> variant & 1) == 0) return nullptr;
#ifdef CHASQUI_X86
  if (variant == 2) return &kAvx512Kernels;
  if (variant == 1) return &kAvx2Kernels;
#endif
  return &kPortableKernels;
}

}  // namespace chasqui
