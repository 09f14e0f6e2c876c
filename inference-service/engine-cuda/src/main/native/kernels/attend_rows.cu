// Attention of single rows over paged KV (decode), the context split among blocks and merged: Flash-
// Decoding (Dao et al., 2023) with the online softmax of arXiv 1805.02867. One launch serves rows of any
// lengths: each row splits its own length.
//
// A block serves one row, one KV head and up to kHeads of the query heads that share it, so that keys and
// values are read once for all of them. A group of kLanes lanes holds one position's key, 8 values a lane;
// groups take positions in turn, kTogether at a time, so that their loads are in flight together.
#include <algorithm>

#include "kernels/attend.h"
#include "kernels/values.h"

namespace chasqui::cuda {

using namespace device;

namespace {

constexpr int kThreads = 128;
constexpr int kTogether = 4;
constexpr float kLog2E = 1.4426950408889634f;
/// Blocks that fill an H200, a few on each of 132 multiprocessors.
constexpr int kWantedBlocks = 528;
constexpr int kMostParts = 64;
/// Shorter parts are not worth a block.
constexpr int kPositionsOfPart = 128;

int ceilDiv(int a, int b) { return (a + b - 1) / b; }

/// The more blocks there are, the fewer parts.
int partsOf(long blocks, int longest) {
  const long wanted = (kWantedBlocks + blocks - 1) / std::max(1L, blocks);
  return static_cast<int>(std::clamp<long>(wanted, 1, std::clamp(ceilDiv(longest, kPositionsOfPart), 1, kMostParts)));
}

struct Task {
  Attend op;
  int parts;
  int blockShift;  // log2 of the block size; -1: it is no power of two
  float* partial;  // [items, heads, parts, headSize + 2]: the values' sum, the greatest score, the sum of weights
};

__device__ __forceinline__ int rowOfItem(const Attend& op, int item) {
  if (op.tileCount == 0) return op.singles[item];
  const QueryTile tile = op.tiles[item / kQueryTileRows];
  return item % kQueryTileRows < tile.rows ? tile.firstRow + item % kQueryTileRows : -1;
}

/// A softmax on its way: scores are in units of log2.
struct Weights {
  float greatest;
  float sum;
};

__device__ __forceinline__ float powerOf2(float x) { return exp2f(x); }

template <class T, int kLanes, int kHeads>
__global__ void __launch_bounds__(kThreads) attendSomeRows(Task task) {
  afterPrevious();
  constexpr int kGroups = kThreads / kLanes;
  const Attend& op = task.op;
  const KvLayer& kv = op.kv;
  const int headsOfKv = op.heads / kv.kvHeads;
  const int chunks = (headsOfKv + kHeads - 1) / kHeads;
  const int kvHead = static_cast<int>(blockIdx.y) / chunks;
  const int firstHead = kvHead * headsOfKv + static_cast<int>(blockIdx.y) % chunks * kHeads;
  const int heads = min(kHeads, (kvHead + 1) * headsOfKv - firstHead);
  const int row = rowOfItem(op, static_cast<int>(blockIdx.x));
  if (row < 0) return;
  const int length = op.step.positions[row] + 1;  // 0 for rows that fill up
  const int ofPart = ((length + task.parts - 1) / task.parts + 7) / 8 * 8;
  const int begin = static_cast<int>(blockIdx.z) * ofPart, end = min(length, begin + ofPart);
  const int* table = op.step.tables + op.step.sequences[row] * op.step.tableStride;
  const int group = static_cast<int>(threadIdx.x) / kLanes;
  const int at = static_cast<int>(threadIdx.x) % kLanes * kVector;  // of the head
  const bool within = at < kv.headSize;

  float query[kHeads][8], out[kHeads][8] = {};
  Weights weights[kHeads];
#pragma unroll
  for (int h = 0; h < kHeads; h++) {
    const int head = firstHead + min(h, heads - 1);
    load8(rowOf(op.queries, row), op.queries.type, head * kv.headSize + (within ? at : 0), within ? kVector : 0, query[h]);
#pragma unroll
    for (int i = 0; i < 8; i++) query[h][i] *= op.scale * kLog2E;
    weights[h] = {-INFINITY, 0.0f};
  }

  // every group makes as many rounds, so that the warp stays together in its shuffles
  for (int first = begin; first < end; first += kGroups * kTogether) {
    Raw8<T> keys[kTogether], values[kTogether];
#pragma unroll
    for (int t = 0; t < kTogether; t++) {
      const int position = first + t * kGroups + group;
      if (position < end && within) {
        const int index = task.blockShift >= 0 ? position >> task.blockShift : position / kv.blockSize;
        const long block = table[index];
        const long from = ((block * kv.kvHeads + kvHead) * kv.blockSize + position - index * kv.blockSize) * kv.headSize + at;
        loadRaw(static_cast<const T*>(kv.keys) + from, keys[t]);
        loadRaw(static_cast<const T*>(kv.values) + from, values[t]);
      } else {
        keys[t] = Raw8<T>{};
        values[t] = Raw8<T>{};
      }
    }
    float scores[kHeads][kTogether];
#pragma unroll
    for (int t = 0; t < kTogether; t++) {
      float key[8];
      unpack8(keys[t], key);
#pragma unroll
      for (int h = 0; h < kHeads; h++) {
        float score = 0;
#pragma unroll
        for (int i = 0; i < 8; i++) score += query[h][i] * key[i];
#pragma unroll
        for (int o = kLanes / 2; o > 0; o >>= 1) score += __shfl_xor_sync(kAllLanes, score, o);
        scores[h][t] = first + t * kGroups + group < end ? score : -INFINITY;
      }
    }
#pragma unroll
    for (int h = 0; h < kHeads; h++) {
      float greatest = weights[h].greatest;
#pragma unroll
      for (int t = 0; t < kTogether; t++) greatest = fmaxf(greatest, scores[h][t]);
      if (greatest == -INFINITY) continue;  // nothing yet
      const float factor = powerOf2(weights[h].greatest - greatest);
      weights[h].greatest = greatest;
      weights[h].sum *= factor;
#pragma unroll
      for (int i = 0; i < 8; i++) out[h][i] *= factor;
#pragma unroll
      for (int t = 0; t < kTogether; t++) {
        const float weight = powerOf2(scores[h][t] - greatest);
        weights[h].sum += weight;
        float value[8];
        unpack8(values[t], value);
#pragma unroll
        for (int i = 0; i < 8; i++) out[h][i] += weight * value[i];
      }
    }
  }

  // merge the groups, one head after the other
  auto* sums = reinterpret_cast<float*>(sharedMemory());  // [kGroups, kLanes * 8]
  float* greatests = sums + kGroups * kLanes * 8;         // [kGroups]
  float* totals = greatests + kGroups;                    // [kGroups]
#pragma unroll
  for (int h = 0; h < kHeads; h++) {
    if (h >= heads) break;
    __syncthreads();
    storeRaw8(sums + group * kLanes * 8 + at, out[h]);
    if (at == 0) {
      greatests[group] = weights[h].greatest;
      totals[group] = weights[h].sum;
    }
    __syncthreads();
    float greatest = -INFINITY;
    for (int g = 0; g < kGroups; g++) greatest = fmaxf(greatest, greatests[g]);
    float total = 0;
    for (int g = 0; g < kGroups; g++) {
      total += totals[g] == 0 ? 0 : totals[g] * powerOf2(greatests[g] - greatest);
    }
    for (int d = static_cast<int>(threadIdx.x); d < kv.headSize; d += kThreads) {
      float sum = 0;
      for (int g = 0; g < kGroups; g++) {
        if (totals[g] != 0) sum += sums[g * kLanes * 8 + d] * powerOf2(greatests[g] - greatest);
      }
      if (task.parts == 1) {
        store1(rowOf(op.out, row), op.out.type, static_cast<long>(firstHead + h) * kv.headSize + d, total == 0 ? 0.0f : sum / total);
      } else {
        float* to = task.partial + ((static_cast<long>(blockIdx.x) * op.heads + firstHead + h) * task.parts + blockIdx.z) * (kv.headSize + 2);
        to[d] = sum;
        if (d == 0) {
          to[kv.headSize] = greatest;
          to[kv.headSize + 1] = total;
        }
      }
    }
  }
}

/// A block for each row and head.
__global__ void __launch_bounds__(kThreads) mergeParts(Task task) {
  afterPrevious();
  const Attend& op = task.op;
  const int row = rowOfItem(op, static_cast<int>(blockIdx.x)), head = static_cast<int>(blockIdx.y);
  if (row < 0) return;
  const int size = op.kv.headSize;
  const float* partial = task.partial + (static_cast<long>(blockIdx.x) * op.heads + head) * task.parts * (size + 2);
  float greatest = -INFINITY;
  for (int p = 0; p < task.parts; p++) greatest = fmaxf(greatest, partial[p * (size + 2) + size]);
  float total = 0;
  for (int p = 0; p < task.parts; p++) {
    const float* part = partial + p * (size + 2);
    total += part[size + 1] == 0 ? 0 : part[size + 1] * powerOf2(part[size] - greatest);
  }
  for (int d = static_cast<int>(threadIdx.x); d < size; d += kThreads) {
    float sum = 0;
    for (int p = 0; p < task.parts; p++) {
      const float* part = partial + p * (size + 2);
      if (part[size + 1] != 0) sum += part[d] * powerOf2(part[size] - greatest);
    }
    store1(rowOf(op.out, row), op.out.type, static_cast<long>(head) * size + d, total == 0 ? 0.0f : sum / total);
  }
}

template <class T, int kLanes, int kHeads>
Error run(const Task& task, int items, Stream stream) {
  const int chunks = ceilDiv(task.op.heads / task.op.kv.kvHeads, kHeads);
  const dim3 grid(static_cast<unsigned>(items), static_cast<unsigned>(task.op.kv.kvHeads * chunks), static_cast<unsigned>(task.parts));
  constexpr size_t kShared = (kThreads * 8 + 2 * kThreads / kLanes) * sizeof(float);
  const Error error = launchKernel(attendSomeRows<T, kLanes, kHeads>, grid, kThreads, kShared, stream, task);
  if (error != kOk || task.parts == 1) return error;
  return launchKernel(mergeParts, dim3(static_cast<unsigned>(items), static_cast<unsigned>(task.op.heads)), kThreads, 0, stream, task);
}

template <class T, int kLanes>
Error forHeads(const Task& task, int items, Stream stream) {
  const int headsOfKv = task.op.heads / task.op.kv.kvHeads;
  if (headsOfKv == 1) return run<T, kLanes, 1>(task, items, stream);
  if (headsOfKv <= 4) return run<T, kLanes, 4>(task, items, stream);
  return run<T, kLanes, 8>(task, items, stream);
}

template <class T>
Error forHeadSize(const Task& task, int items, Stream stream) {
  if (task.op.kv.headSize <= 64) return forHeads<T, 8>(task, items, stream);
  if (task.op.kv.headSize <= 128) return forHeads<T, 16>(task, items, stream);
  return forHeads<T, 32>(task, items, stream);
}

size_t partBytes(int heads, int headSize, int items) {
  return static_cast<size_t>(items) * static_cast<size_t>(heads) * static_cast<size_t>(headSize + 2) * sizeof(float);
}

}  // namespace

Error attendRows(const Attend& op, Stream stream) {
  const int items = op.tileCount > 0 ? op.tileCount * kQueryTileRows : op.singleCount;
  int parts = 1;
  if (op.tileCount == 0 && op.scratch != nullptr) {
    const auto room = static_cast<int>(std::min<size_t>(kMostParts, op.scratchBytes / partBytes(op.heads, op.kv.headSize, items)));
    parts = std::max(1, std::min(room, partsOf(static_cast<long>(items) * op.kv.kvHeads, op.longest)));
  }
  const auto size = static_cast<unsigned>(op.kv.blockSize);
  int shift = 0;
  while ((1u << shift) < size) shift++;
  const Task task{op, parts, 1u << shift == size ? shift : -1, static_cast<float*>(op.scratch)};
  switch (op.kv.type) {
    case Type::kF32: return forHeadSize<float>(task, items, stream);
    case Type::kF16: return forHeadSize<Half>(task, items, stream);
    case Type::kBf16: return forHeadSize<Bf16>(task, items, stream);
    case Type::kE4m3: return forHeadSize<E4m3>(task, items, stream);
  }
  return kInvalidValue;
}

size_t attendScratchBytes(int heads, int headSize, int singleCount, int longest) {
  size_t most = 0;
  for (int items = 1; items <= singleCount; items++) {
    // with a single KV head there are the most parts
    const int parts = partsOf(items, longest);
    if (parts > 1) most = std::max(most, static_cast<size_t>(parts) * partBytes(heads, headSize, items));
  }
  return most;
}

}  // namespace chasqui::cuda
