// Which variants this CPU can run.
#pragma once

#include "kernels/kernels.h"

namespace chasqui {

/// The numbers are those of CpuVariant in Java: 0 portable, 1 avx2, 2 avx512, 3 amx, 4 neon.
constexpr int kVariants = 5;

/// Bit v is set where the library holds variant v and CPU and system can run it.
int usableVariants();

/// Returns the kernels of a variant; null where it cannot run.
const Kernels* kernelsOf(int variant);

}  // namespace chasqui
