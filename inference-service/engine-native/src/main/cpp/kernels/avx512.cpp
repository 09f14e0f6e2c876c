#define CHASQUI_VARIANT avx512
#include "lanes_avx512.h"
#include "kernels.inc"

namespace chasqui {
const Kernels kAvx512Kernels = avx512::table("avx512");
}
