// The operations of tiles_amx.h in plain C++, for tests on CPUs without tiles. What the instruction
// refuses ends the process.
#pragma once

#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "../../main/cpp/kernels/tiles.h"

namespace chasqui::CHASQUI_VARIANT {

struct TileFile {
  bool configured = false;
  TileShapes shapes;
  uint8_t bytes[8][16][64];
};
inline thread_local TileFile tiles;

static void require(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "a tile instruction would be refused: %s\n", what);
  std::abort();
}

static void configureTiles(const TileShapes& shapes) {
  require(shapes.palette == 1 && shapes.startRow == 0, "palette 1 from row 0");
  for (int t = 0; t < 16; t++) {
    require(shapes.rows[t] <= 16 && shapes.rowBytes[t] <= 64, "16 rows of 64 bytes at most");
    require(t < 8 || (shapes.rows[t] == 0 && shapes.rowBytes[t] == 0), "8 tiles");
    require((shapes.rows[t] == 0) == (shapes.rowBytes[t] == 0), "rows and bytes of a row go together");
  }
  tiles.configured = true;
  tiles.shapes = shapes;
  std::memset(tiles.bytes, 0, sizeof tiles.bytes);
}
static void releaseTiles() { tiles.configured = false; }

static void checkTile(int tile) {
  require(tiles.configured && tiles.shapes.rows[tile] > 0, "the tile is configured");
}

static void loadTile(int tile, const void* from, size_t pitch) {
  checkTile(tile);
  std::memset(tiles.bytes[tile], 0, sizeof tiles.bytes[tile]);
  for (int r = 0; r < tiles.shapes.rows[tile]; r++) {
    std::memcpy(tiles.bytes[tile][r], static_cast<const uint8_t*>(from) + static_cast<size_t>(r) * pitch,
                tiles.shapes.rowBytes[tile]);
  }
}

/// TDPBSUD on a zeroed tile, then TILESTORED.
static void multiplyTiles(int to, int activations, int weights, void* memory, size_t pitch) {
  const TileShapes& s = tiles.shapes;
  checkTile(to);
  checkTile(activations);
  checkTile(weights);
  require(s.rows[to] == s.rows[activations], "sums have the rows of the activations");
  require(s.rowBytes[to] == s.rowBytes[weights], "sums have the columns of the weights");
  require(s.rowBytes[activations] == 4 * s.rows[weights], "four activations meet a row of weights");
  for (int r = 0; r < s.rows[to]; r++) {
    for (int n = 0; n < s.rowBytes[to] / 4; n++) {
      int32_t sum = 0;
      for (int k = 0; k < s.rowBytes[activations]; k++) {
        sum += static_cast<int8_t>(tiles.bytes[activations][r][k]) *
               tiles.bytes[weights][k / 4][4 * n + k % 4];
      }
      std::memcpy(static_cast<uint8_t*>(memory) + static_cast<size_t>(r) * pitch + 4 * static_cast<size_t>(n),
                  &sum, sizeof sum);
    }
  }
}

static void loadActivations(const void* from, size_t pitch) { loadTile(0, from, pitch); }
static void loadFineActivations(const void* from, size_t pitch) { loadTile(1, from, pitch); }
static void loadWeights(const void* from, size_t pitch) { loadTile(2, from, pitch); }
static void multiplyActivations(void* to, size_t pitch) { multiplyTiles(3, 0, 2, to, pitch); }
static void multiplyFineActivations(void* to, size_t pitch) { multiplyTiles(4, 1, 2, to, pitch); }

}  // namespace chasqui::CHASQUI_VARIANT
