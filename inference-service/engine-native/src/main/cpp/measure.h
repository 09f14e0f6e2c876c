// What the machine can do at most.
#pragma once

#include "kernels/kernels.h"

namespace chasqui {

struct Speed {
  double readGigabytesPerSecond;
  double int8GigaopsPerSecond;
};

/// Takes about a second; medians of several rounds.
Speed measure(const Kernels& kernels, int threads);

}  // namespace chasqui
