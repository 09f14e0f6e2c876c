#define CHASQUI_VARIANT amx
#include "lanes_avx512.h"
#include "kernels.inc"
#include "tiles_amx.h"
#include "tile_products.inc"

namespace chasqui {
const Kernels kAmxKernels = amx::tableWithTiles("amx");
}
