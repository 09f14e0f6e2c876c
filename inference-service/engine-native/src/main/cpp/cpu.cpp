#include "cpu.h"

#ifdef CHASQUI_X86
#include <cpuid.h>
#endif
#ifdef __linux__
#include <sys/syscall.h>
#include <unistd.h>
#endif
#if defined(CHASQUI_ARM) && defined(__linux__)
#include <asm/hwcap.h>
#include <sys/auxv.h>
#endif

namespace chasqui {

namespace {

#ifdef CHASQUI_X86
/// Whether the CPU multiplies int8 tiles and the system lets this process use them. The system saves
/// the tiles of a thread, 8 KiB, only for processes that asked (Linux 5.16 and later).
bool mayUseTiles() {
#ifdef __linux__
  constexpr int kRequestPermission = 0x1023;  // ARCH_REQ_XCOMP_PERM
  constexpr int kTileData = 18;               // XFEATURE_XTILEDATA
  constexpr unsigned kTileAndInt8 = 1u << 24 | 1u << 25;
  unsigned a = 0, b = 0, c = 0, d = 0;
  if (__get_cpuid_count(7, 0, &a, &b, &c, &d) == 0 || (d & kTileAndInt8) != kTileAndInt8) return false;
  return syscall(SYS_arch_prctl, kRequestPermission, kTileData) == 0;
#else
  return false;
#endif
}
#endif

int findVariants() {
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
    if (mayUseTiles()) variants |= 1 << 3;
  }
#endif
#ifdef CHASQUI_ARM
#ifdef __linux__
  if ((getauxval(AT_HWCAP) & HWCAP_ASIMDDP) != 0) variants |= 1 << 4;
#elif defined(__APPLE__)
  variants |= 1 << 4;  // every one of them multiplies int8
#endif
#endif
  return variants;
}

}  // namespace

int usableVariants() {
  static const int variants = findVariants();
  return variants;
}

const Kernels* kernelsOf(int variant) {
  if (variant < 0 || variant >= kVariants || (usableVariants() >> variant & 1) == 0) return nullptr;
#ifdef CHASQUI_X86
  if (variant == 3) return &kAmxKernels;
  if (variant == 2) return &kAvx512Kernels;
  if (variant == 1) return &kAvx2Kernels;
#endif
#ifdef CHASQUI_ARM
  if (variant == 4) return &kNeonKernels;
#endif
  return &kPortableKernels;
}

}  // namespace chasqui
