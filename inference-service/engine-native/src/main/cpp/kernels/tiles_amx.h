// The tile operations of AMX that products need, as the CPU has them. tiles_emulated.h beside the tests
// has the same ones in plain C++.
#pragma once

#include <immintrin.h>

#include "tiles.h"

namespace chasqui::CHASQUI_VARIANT {

/// gcc 12 does not know that the instructions read memory: what was written is in place behind this.
CHASQUI_INLINE void settle(const void* memory) { asm volatile("" : : "r"(memory) : "memory"); }

/// Sets the shapes of this thread's tiles; all of them are zero then.
CHASQUI_INLINE void configureTiles(const TileShapes& shapes) {
  settle(&shapes);
  _tile_loadconfig(&shapes);
}
/// Leaves the tiles, so that nobody has to save them.
CHASQUI_INLINE void releaseTiles() { _tile_release(); }

// The compiler pastes a tile's number into the instruction: it has to be a literal, not a constant.
CHASQUI_INLINE void loadActivations(const void* from, size_t pitch) {
  settle(from);
  _tile_loadd(0, from, pitch);
}
CHASQUI_INLINE void loadFineActivations(const void* from, size_t pitch) {
  settle(from);
  _tile_loadd(1, from, pitch);
}
CHASQUI_INLINE void loadWeights(const void* from, size_t pitch) {
  settle(from);
  _tile_loadd(2, from, pitch);
}
/// to[r][n] = the sum of int8 activations [r][k] times uint8 weights [k / 4][4n + k % 4], for all k.
CHASQUI_INLINE void multiplyActivations(void* to, size_t pitch) {
  _tile_zero(3);
  _tile_dpbsud(3, 0, 2);
  _tile_stored(3, to, pitch);
}
CHASQUI_INLINE void multiplyFineActivations(void* to, size_t pitch) {
  _tile_zero(4);
  _tile_dpbsud(4, 1, 2);
  _tile_stored(4, to, pitch);
}

}  // namespace chasqui::CHASQUI_VARIANT
