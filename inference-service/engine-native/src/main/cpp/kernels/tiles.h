// The shapes of AMX tiles.
#pragma once

#include <cstddef>
#include <cstdint>

namespace chasqui {

/// What LDTILECFG reads, palette 1 (Intel's Architecture Instruction Set Extensions reference, 3.3).
struct alignas(64) TileShapes {
  /// What is in which tile; tiles_amx.h has the numbers as literals.
  enum Tile { kActivations = 0, kFineActivations = 1, kWeights = 2, kSums = 3, kFineSums = 4 };

  uint8_t palette = 1;
  uint8_t startRow = 0;
  uint8_t unused[14] = {};
  uint16_t rowBytes[16] = {};
  uint8_t rows[16] = {};

  void set(int tile, int rowCount, int bytesOfRow) {
    rows[tile] = static_cast<uint8_t>(rowCount);
    rowBytes[tile] = static_cast<uint16_t>(bytesOfRow);
  }
};
static_assert(sizeof(TileShapes) == 64);

}  // namespace chasqui
