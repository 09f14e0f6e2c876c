// The two ways to attend; attend.cu chooses.
#pragma once

#include "kernels/kernels.h"

namespace chasqui::cuda {

/// A list of rows, each with its own length: rows, or, where there are none, those of tiles.
Error attendRows(const Attend& op, Stream stream);
/// Tiles on tensor cores; see attendTilesTakes.
Error attendTiles(const Attend& op, Stream stream);
bool attendTilesTakes(const Attend& op);

}  // namespace chasqui::cuda
