// Products of many float32 rows: tiles of 64 rows by 64 outputs, 32 columns at a time through shared
// memory, sums in float32. For models that shall be exact; not for speed.
#include "kernels/project.h"
#include "kernels/values.h"

namespace chasqui::cuda {

using namespace device;

namespace {

constexpr int kThreads = 256;
constexpr int kTile = 64;
constexpr int kPitch = kTile + 4;
constexpr int kEach = 4;  // rows and outputs of a thread

template <Stored kStored>
__global__ void __launch_bounds__(kThreads) projectExactRows(Packed w, Rows in, int rows, Rows out, bool accumulate) {
  afterPrevious();
  auto* xs = reinterpret_cast<float*>(sharedMemory());  // [kBlock, kPitch]: column, row
  float* ws = xs + kBlock * kPitch;                     // [kBlock, kPitch]: column, output
  const int thread = static_cast<int>(threadIdx.x);
  const int firstOutput = static_cast<int>(blockIdx.x) * kTile, firstRow = static_cast<int>(blockIdx.y) * kTile;
  const int row = thread / 16 * kEach, output = thread % 16 * kEach;
  float sums[kEach][kEach] = {};
  for (int block = 0; block * kBlock < w.columns; block++) {
    if (thread < kTile) {
      float v[32];
      load32<kStored>(w, min(firstOutput + thread, w.rows - 1), block, v);
#pragma unroll
      for (int k = 0; k < kBlock; k++) ws[k * kPitch + thread] = v[k];
    } else if (thread < 2 * kTile) {
      const int r = thread - kTile;
      const float* x = static_cast<const float*>(rowOf(in, min(firstRow + r, rows - 1)));
#pragma unroll
      for (int part = 0; part < 4; part++) {
        float v[8];
        const int at = block * kBlock + 8 * part;
        load8(x + at, w.columns - at, v);
#pragma unroll
        for (int i = 0; i < 8; i++) xs[(8 * part + i) * kPitch + r] = v[i];
      }
    }
    __syncthreads();
#pragma unroll 4
    for (int k = 0; k < kBlock; k++) {
      const float4 x = *reinterpret_cast<const float4*>(xs + k * kPitch + row);
      const float4 y = *reinterpret_cast<const float4*>(ws + k * kPitch + output);
      const float a[kEach] = {x.x, x.y, x.z, x.w}, b[kEach] = {y.x, y.y, y.z, y.w};
#pragma unroll
      for (int i = 0; i < kEach; i++) {
#pragma unroll
        for (int j = 0; j < kEach; j++) sums[i][j] += a[i] * b[j];
      }
    }
    __syncthreads();
  }
#pragma unroll
  for (int i = 0; i < kEach; i++) {
    if (firstRow + row + i >= rows) break;
    void* to = rowOf(out, firstRow + row + i);
#pragma unroll
    for (int j = 0; j < kEach; j++) {
      const int n = firstOutput + output + j;
      if (n >= w.rows) break;
      store1(to, out.type, n, accumulate ? load1(to, out.type, n) + sums[i][j] : sums[i][j]);
    }
  }
}

template <Stored kStored>
Error run(const Project& op, Stream stream) {
  const dim3 grid(static_cast<unsigned>((op.weight.rows + kTile - 1) / kTile), static_cast<unsigned>((op.rows + kTile - 1) / kTile));
  return launchKernel(projectExactRows<kStored>, grid, kThreads, 2 * kBlock * kPitch * sizeof(float), stream,
                      packed(op.weight), op.in, op.rows, op.out, op.accumulate);
}

}  // namespace

Error projectExact(const Project& op, Stream stream) {
  switch (op.weight.stored) {
    case Stored::kF32: return run<Stored::kF32>(op, stream);
    case Stored::kF16: return run<Stored::kF16>(op, stream);
    case Stored::kBf16: return run<Stored::kBf16>(op, stream);
    case Stored::kQ8Zero: return run<Stored::kQ8Zero>(op, stream);
    case Stored::kQ4Zero: return run<Stored::kQ4Zero>(op, stream);
    case Stored::kQ4One: return run<Stored::kQ4One>(op, stream);
    case Stored::kQ4K: return run<Stored::kQ4K>(op, stream);
    case Stored::kQ6K: return run<Stored::kQ6K>(op, stream);
  }
  return kInvalidValue;
}

}  // namespace chasqui::cuda
