// The products of variant amx on emulated tiles.
#define CHASQUI_VARIANT amxEmulated
#include "../../main/cpp/kernels/lanes_avx512.h"
#include "../../main/cpp/kernels/kernels.inc"
#include "tiles_emulated.h"
#include "../../main/cpp/kernels/tile_products.inc"

namespace chasqui {
extern const Kernels kAmxEmulatedKernels;
const Kernels kAmxEmulatedKernels = amxEmulated::tableWithTiles("amx, emulated");
}
