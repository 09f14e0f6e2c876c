#define CHASQUI_VARIANT avx2
#include "lanes_avx2.h"
#include "kernels.inc"

namespace chasqui {
const Kernels kAvx2Kernels = avx2::table("avx2");
}
