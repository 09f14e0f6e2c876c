// Attention of many rows of a sequence (chunked prefill) over paged KV, on tensor cores: FlashAttention-2
// (arXiv 2307.08691) with mma.m16n8k16.
//
// A block serves a tile of up to 64 rows and one query head; a warp 16 of the rows, whose queries stay in
// registers. Keys and values come 64 positions at a time by cp.async into two buffers. Scores leave the
// tensor cores in the layout in which weights enter them again, so they never leave the registers.
#include "kernels/attend.h"
#include "kernels/values.h"

namespace chasqui::cuda {

using namespace device;

namespace {

constexpr int kThreads = 128;
constexpr int kPositions = 64;
constexpr float kLog2E = 1.4426950408889634f;

__device__ __forceinline__ float quadMax(float v) {
  v = fmaxf(v, __shfl_xor_sync(kAllLanes, v, 1));
  return fmaxf(v, __shfl_xor_sync(kAllLanes, v, 2));
}
__device__ __forceinline__ float quadSum(float v) {
  v += __shfl_xor_sync(kAllLanes, v, 1);
  return v + __shfl_xor_sync(kAllLanes, v, 2);
}

/// Copies 64 positions of a KV head from their blocks, zeros behind `end` and behind the head; FP8 on the
/// way becomes the queries' type.
template <class T, class K, int kHead>
__device__ __forceinline__ void copyPositions(const KvLayer& kv, const void* layer, const int* table, int kvHead, int first, int end, T* to) {
  constexpr int kVectors = kHead / kVector;
  constexpr int kPitch = kHead + 8;
  for (int i = static_cast<int>(threadIdx.x); i < kPositions * kVectors; i += kThreads) {
    const int p = i / kVectors, at = i % kVectors * kVector, position = first + p;
    const bool exists = position < end && at < kv.headSize;
    long from = 0;
    if (exists) {
      const long block = table[position / kv.blockSize];
      from = ((block * kv.kvHeads + kvHead) * kv.blockSize + position % kv.blockSize) * kv.headSize + at;
    }
    const K* source = static_cast<const K*>(layer) + from;
    if constexpr (std::is_same_v<T, K>) {
      copyAsync16(to + p * kPitch + at, source, exists);
    } else {
      float v[8];
      load8(source, exists ? kVector : 0, v);
      storeRaw8(to + p * kPitch + at, v);
    }
  }
}

/// kHead: the head size, rounded up to 64 or 128.
template <class T, class K, int kHead>
__global__ void __launch_bounds__(kThreads) attendTileRows(Attend op) {
  afterPrevious();
  constexpr int kPitch = kHead + 8;
  const QueryTile tile = op.tiles[blockIdx.x];
  if (tile.rows <= 0) return;
  const int head = static_cast<int>(blockIdx.y);
  const KvLayer& kv = op.kv;
  const int kvHead = head / (op.heads / kv.kvHeads);
  const int start = op.step.positions[tile.firstRow];
  const int end = start + tile.rows;  // positions that the last row sees
  const int* table = op.step.tables + op.step.sequences[tile.firstRow] * op.step.tableStride;
  T* keys = reinterpret_cast<T*>(sharedMemory());  // [2, kPositions, kPitch]
  T* values = keys + 2 * kPositions * kPitch;      // [2, kPositions, kPitch]
  const int warp = static_cast<int>(threadIdx.x) / kWarp, lane = static_cast<int>(threadIdx.x) % kWarp;

  // queries pass through the first buffer of the values
  for (int i = static_cast<int>(threadIdx.x); i < kQueryTileRows * (kHead / kVector); i += kThreads) {
    const int r = i / (kHead / kVector), at = i % (kHead / kVector) * kVector;
    const bool exists = r < tile.rows && at < kv.headSize;
    const T* from = static_cast<const T*>(op.queries.values) +
                    (exists ? (tile.firstRow + r) * op.queries.stride + head * kv.headSize + at : 0);
    copyAsync16(values + r * kPitch + at, from, exists);
  }
  commitCopies();
  copyPositions<T, K, kHead>(kv, kv.keys, table, kvHead, 0, end, keys);
  commitCopies();
  waitForCopies<1>();
  __syncthreads();
  uint32_t query[kHead / 16][4];
#pragma unroll
  for (int k = 0; k < kHead / 16; k++) {
    loadMatrices(query[k], values + (warp * 16 + lane % 16) * kPitch + k * 16 + lane / 16 * 8);
  }
  __syncthreads();
  copyPositions<T, K, kHead>(kv, kv.values, table, kvHead, 0, end, values);
  commitCopies();

  float out[kHead / 8][4] = {};
  float greatest[2] = {-INFINITY, -INFINITY}, sum[2] = {0, 0};
  const int row = warp * 16 + lane / 4;  // and the row 8 further
  const float scale = op.scale * kLog2E;
  const int rounds = (end + kPositions - 1) / kPositions;
  for (int round = 0; round < rounds; round++) {
    const int first = round * kPositions;
    const T* keysNow = keys + round % 2 * kPositions * kPitch;
    const T* valuesNow = values + round % 2 * kPositions * kPitch;
    if (round + 1 < rounds) copyPositions<T, K, kHead>(kv, kv.keys, table, kvHead, first + kPositions, end, keys + (round + 1) % 2 * kPositions * kPitch);
    commitCopies();
    if (round + 1 < rounds) copyPositions<T, K, kHead>(kv, kv.values, table, kvHead, first + kPositions, end, values + (round + 1) % 2 * kPositions * kPitch);
    commitCopies();
    waitForCopies<3>();  // the keys of this round
    __syncthreads();

    float scores[kPositions / 8][4] = {};
#pragma unroll
    for (int k = 0; k < kHead / 16; k++) {
#pragma unroll
      for (int j = 0; j < kPositions / 8; j += 2) {
        uint32_t b[4];
        loadMatrices(b, keysNow + (j * 8 + lane / 16 * 8 + lane % 8) * kPitch + k * 16 + lane / 8 % 2 * 8);
        multiply<T>(scores[j], query[k], b[0], b[1]);
        multiply<T>(scores[j + 1], query[k], b[2], b[3]);
      }
    }
    // scale, and hide positions behind the row's own
    const bool hides = first + kPositions > start + warp * 16 + 1;
#pragma unroll
    for (int j = 0; j < kPositions / 8; j++) {
#pragma unroll
      for (int i = 0; i < 4; i++) {
        const int position = first + j * 8 + lane % 4 * 2 + i % 2;
        scores[j][i] = hides && position > start + row + i / 2 * 8 ? -INFINITY : scores[j][i] * scale;
      }
    }
#pragma unroll
    for (int half = 0; half < 2; half++) {
      float next = greatest[half];
#pragma unroll
      for (int j = 0; j < kPositions / 8; j++) next = fmaxf(next, fmaxf(scores[j][2 * half], scores[j][2 * half + 1]));
      next = quadMax(next);
      // position 0 is in the first round and every row sees it: next is finite
      const float factor = exp2f(greatest[half] - next);
      greatest[half] = next;
      float part = 0;
#pragma unroll
      for (int j = 0; j < kPositions / 8; j++) {
#pragma unroll
        for (int i = 2 * half; i < 2 * half + 2; i++) {
          scores[j][i] = exp2f(scores[j][i] - next);
          part += scores[j][i];
        }
      }
      sum[half] = sum[half] * factor + part;
#pragma unroll
      for (int d = 0; d < kHead / 8; d++) {
        out[d][2 * half] *= factor;
        out[d][2 * half + 1] *= factor;
      }
    }
    waitForCopies<2>();  // the values of this round
    __syncthreads();
#pragma unroll
    for (int k = 0; k < kPositions / 16; k++) {
      const uint32_t a[4] = {packPair<T>(scores[2 * k][0], scores[2 * k][1]), packPair<T>(scores[2 * k][2], scores[2 * k][3]),
                             packPair<T>(scores[2 * k + 1][0], scores[2 * k + 1][1]), packPair<T>(scores[2 * k + 1][2], scores[2 * k + 1][3])};
#pragma unroll
      for (int d = 0; d < kHead / 8; d += 2) {
        uint32_t b[4];
        loadMatricesTransposed(b, valuesNow + (k * 16 + lane % 16) * kPitch + d * 8 + lane / 16 * 8);
        multiply<T>(out[d], a, b[0], b[1]);
        multiply<T>(out[d + 1], a, b[2], b[3]);
      }
    }
    __syncthreads();  // all are done with this round's buffers
  }
  waitForCopies<0>();

#pragma unroll
  for (int half = 0; half < 2; half++) {
    const float total = quadSum(sum[half]);
    const int r = row + 8 * half;
    if (r >= tile.rows) continue;
    void* to = rowOf(op.out, tile.firstRow + r);
#pragma unroll
    for (int d = 0; d < kHead / 8; d++) {
      const int at = d * 8 + lane % 4 * 2;
      if (at >= kv.headSize) continue;
      const float x = out[d][2 * half] / total, y = out[d][2 * half + 1] / total;
      const long index = static_cast<long>(head) * kv.headSize + at;
      if (op.out.type == Type::kF32) {
        *reinterpret_cast<float2*>(static_cast<float*>(to) + index) = make_float2(x, y);
      } else {
        static_cast<uint32_t*>(to)[index / 2] = op.out.type == Type::kBf16 ? packPair<Bf16>(x, y) : packPair<Half>(x, y);
      }
    }
  }
}

template <class T, class K, int kHead>
Error run(const Attend& op, Stream stream) {
  constexpr size_t kShared = 4ul * kPositions * (kHead + 8) * sizeof(T);
  const dim3 grid(static_cast<unsigned>(op.tileCount), static_cast<unsigned>(op.heads));
  return launchKernel(attendTileRows<T, K, kHead>, grid, kThreads, kShared, stream, op);
}

template <class T, class K>
Error forHeadSize(const Attend& op, Stream stream) {
  return op.kv.headSize <= 64 ? run<T, K, 64>(op, stream) : run<T, K, 128>(op, stream);
}

template <class T>
Error forKv(const Attend& op, Stream stream) {
  return op.kv.type == Type::kE4m3 ? forHeadSize<T, E4m3>(op, stream) : forHeadSize<T, T>(op, stream);
}

}  // namespace

bool attendTilesTakes(const Attend& op) {
  const bool types = op.queries.type != Type::kF32 && (op.kv.type == op.queries.type || op.kv.type == Type::kE4m3);
  return types && op.kv.headSize <= 128;
}

Error attendTiles(const Attend& op, Stream stream) {
  return op.queries.type == Type::kBf16 ? forKv<Bf16>(op, stream) : forKv<Half>(op, stream);
}

}  // namespace chasqui::cuda
