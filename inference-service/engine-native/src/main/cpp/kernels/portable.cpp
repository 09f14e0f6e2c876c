#define CHASQUI_VARIANT portable
#include "lanes_portable.h"
#include "kernels.inc"

namespace chasqui {
const Kernels kPortableKernels = portable::table("portable");
}
