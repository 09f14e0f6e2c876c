#define CHASQUI_VARIANT neon
#include "lanes_neon.h"
#include "kernels.inc"

namespace chasqui {
const Kernels kNeonKernels = neon::table("neon");
}
