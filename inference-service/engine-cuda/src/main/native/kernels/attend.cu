#include "kernels/attend.h"

namespace chasqui::cuda {

Error attend(const Attend& op, Stream stream) {
  const KvLayer& kv = op.kv;
  if (kv.kvHeads < 1 || op.heads < 1 || op.heads % kv.kvHeads != 0 || kv.headSize < 8 || kv.headSize > 256 ||
      kv.headSize % 8 != 0 || kv.blockSize < 1 || op.queries.stride % 8 != 0 || op.out.stride % 8 != 0 ||
      op.singleCount < 0 || op.tileCount < 0) {
    return kInvalidValue;
  }
  if (op.singleCount > 0) {
    Attend singles = op;
    singles.tileCount = 0;
    const Error error = attendRows(singles, stream);
    if (error != kOk) return error;
  }
  if (op.tileCount == 0) return kOk;
  Attend tiles = op;
  tiles.singleCount = 0;
  return attendTilesTakes(tiles) ? attendTiles(tiles, stream) : attendRows(tiles, stream);
}

}  // namespace chasqui::cuda
