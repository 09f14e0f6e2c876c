// LoRA (arXiv 2106.09685), grouped over the batch: rows that ask for the same adapter read its matrices
// together, as in Punica (arXiv 2310.18547). Two launches: down to the rank, up to the outputs.
#include "kernels/values.h"

namespace chasqui::cuda {

using namespace device;

namespace {

constexpr int kThreads = 128;
constexpr int kWarps = kThreads / kWarp;

long paddedTo8(int n) { return (n + 7) / 8 * 8; }

/// A warp computes one value of the rank for all rows of the group.
template <class W>
__global__ void __launch_bounds__(kThreads) shrinkRows(LowRank op, long downPitch) {
  afterPrevious();
  const LowRankGroup group = op.groups[blockIdx.y];
  const int warp = static_cast<int>(threadIdx.x) / kWarp, lane = static_cast<int>(threadIdx.x) % kWarp;
  const int r = static_cast<int>(blockIdx.x) * kWarps + warp;
  if (group.adapter < 0) return;
  const LowRankPart part = op.parts[group.adapter];
  if (part.down == nullptr || r >= part.rank) return;
  const W* down = static_cast<const W*>(part.down) + r * downPitch;
  float sums[kLowRankRows] = {};
  for (int at = lane * kVector; at < op.columns; at += kWarp * kVector) {
    float weights[8];
    load8(down + at, op.columns - at, weights);
#pragma unroll
    for (int m = 0; m < kLowRankRows; m++) {
      if (m >= group.count) break;
      float values[8];
      load8(rowOf(op.in, op.rowIds[group.first + m]), op.in.type, at, op.columns - at, values);
#pragma unroll
      for (int i = 0; i < 8; i++) sums[m] += weights[i] * values[i];
    }
  }
#pragma unroll
  for (int m = 0; m < kLowRankRows; m++) {
    const float sum = warpSum(sums[m]);
    if (lane == 0 && m < group.count) {
      op.between[(static_cast<long>(blockIdx.y) * kLowRankRows + m) * op.greatestRank + r] = sum * part.scale;
    }
  }
}

/// A thread computes one output for all rows of the group.
template <class W>
__global__ void __launch_bounds__(kThreads) expandRows(LowRank op) {
  afterPrevious();
  auto* between = reinterpret_cast<float*>(sharedMemory());  // [kLowRankRows, greatestRank]
  const LowRankGroup group = op.groups[blockIdx.y];
  if (group.adapter < 0) return;
  const LowRankPart part = op.parts[group.adapter];
  if (part.down == nullptr) return;
  for (int i = static_cast<int>(threadIdx.x); i < group.count * part.rank; i += kThreads) {
    const int at = i / part.rank * op.greatestRank + i % part.rank;
    between[at] = op.between[static_cast<long>(blockIdx.y) * kLowRankRows * op.greatestRank + at];
  }
  __syncthreads();
  const int n = static_cast<int>(blockIdx.x) * kThreads + static_cast<int>(threadIdx.x);
  if (n >= op.outputs) return;
  const W* up = static_cast<const W*>(part.up) + n * static_cast<long>((part.rank + 7) / 8 * 8);
  float sums[kLowRankRows] = {};
  for (int at = 0; at < part.rank; at += kVector) {
    float weights[8];
    load8(up + at, part.rank - at, weights);
#pragma unroll
    for (int i = 0; i < 8; i++) {
      if (at + i >= part.rank) break;
#pragma unroll
      for (int m = 0; m < kLowRankRows; m++) {
        if (m < group.count) sums[m] += weights[i] * between[m * op.greatestRank + at + i];
      }
    }
  }
#pragma unroll
  for (int m = 0; m < kLowRankRows; m++) {
    if (m >= group.count) break;
    void* to = rowOf(op.out, op.rowIds[group.first + m]);
    store1(to, op.out.type, n, load1(to, op.out.type, n) + sums[m]);
  }
}

template <class W>
Error run(const LowRank& op, Stream stream) {
  const auto groups = static_cast<unsigned>(op.groupCount);
  const dim3 shrink(static_cast<unsigned>((op.greatestRank + kWarps - 1) / kWarps), groups);
  const Error error = launchKernel(shrinkRows<W>, shrink, kThreads, 0, stream, op, paddedTo8(op.columns));
  if (error != kOk) return error;
  const dim3 expand(static_cast<unsigned>((op.outputs + kThreads - 1) / kThreads), groups);
  return launchKernel(expandRows<W>, expand, kThreads, static_cast<size_t>(kLowRankRows) * static_cast<size_t>(op.greatestRank) * sizeof(float),
                      stream, op);
}

}  // namespace

Error lowRank(const LowRank& op, Stream stream) {
  if (op.groupCount < 0 || op.columns < 1 || op.outputs < 1 || op.in.stride % kVector != 0) return kInvalidValue;
  if (op.groupCount == 0 || op.greatestRank == 0) return kOk;
  switch (op.type) {
    case Type::kF32: return run<float>(op, stream);
    case Type::kF16: return run<Half>(op, stream);
    case Type::kBf16: return run<Bf16>(op, stream);
    case Type::kE4m3: break;
  }
  return kInvalidValue;
}

}  // namespace chasqui::cuda
