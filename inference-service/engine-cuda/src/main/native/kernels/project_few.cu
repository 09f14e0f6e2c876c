// Products with few rows: y[m, n] = sum over k of x[m, k] * w[n, k], each weight read once.
//
// A warp computes two outputs n for all rows m: lanes take chunks of k in turn (8 floats, or a block of
// 32 packed weights), so that a warp's loads are 16 bytes a lane side by side. Where there are few
// outputs, several warps of a block share a pair of outputs, each with its part of k, and their sums meet
// in shared memory in a fixed order.
#include "kernels/project.h"
#include "kernels/values.h"

namespace chasqui::cuda {

using namespace device;

namespace {

constexpr int kWarps = 4;
constexpr int kOutputs = 2;  // of a warp
/// Warps that keep an H200's memory busy: 132 multiprocessors, 16 warps each.
constexpr int kWantedWarps = 2112;

/// Sums of a lane's chunk of floats for all its outputs.
template <class X, Stored kStored, int kRows>
__device__ __forceinline__ void addFloats(const Packed& w, const X* x, long stride, int rows, const long (&outputs)[kOutputs],
                                          int at, float (&sums)[kOutputs][kRows]) {
  using W = typename FloatOf<kStored>::T;
  const int left = w.columns - at;
  float weights[kOutputs][8];
  if (left >= kVector) {
    Raw8<W> raw[kOutputs];
#pragma unroll
    for (int o = 0; o < kOutputs; o++) {
      loadRawOnce(reinterpret_cast<const W*>(w.bytes + outputs[o] * static_cast<long>(w.layout.quantPitch)) + at, raw[o]);
    }
#pragma unroll
    for (int o = 0; o < kOutputs; o++) unpack8(raw[o], weights[o]);
  } else {
#pragma unroll
    for (int o = 0; o < kOutputs; o++) {
      load8(reinterpret_cast<const W*>(w.bytes + outputs[o] * static_cast<long>(w.layout.quantPitch)) + at, left, weights[o]);
    }
  }
#pragma unroll
  for (int m = 0; m < kRows; m++) {
    if (m >= rows) break;
    float values[8];
    load8(x + m * stride + at, left, values);
#pragma unroll
    for (int o = 0; o < kOutputs; o++) {
#pragma unroll
      for (int i = 0; i < 8; i++) sums[o][m] += weights[o][i] * values[i];
    }
  }
}

/// The same of a block of packed weights, integers first: scale and minimum enter once for each sum.
template <class X, Stored kStored, int kRows>
__device__ __forceinline__ void addQuants(const Packed& w, const X* x, long stride, int rows, const long (&outputs)[kOutputs],
                                          int block, float (&sums)[kOutputs][kRows]) {
  Quants quants[kOutputs];
#pragma unroll
  for (int o = 0; o < kOutputs; o++) quants[o] = loadQuants<kStored>(w, outputs[o], block);
  Scales scales[kOutputs];
#pragma unroll
  for (int o = 0; o < kOutputs; o++) scales[o] = scalesOf<kStored>(quants[o], block);
  const auto half = [&](auto first) {
    constexpr int kFirst = decltype(first)::value;
    float integers[kOutputs][16];
#pragma unroll
    for (int o = 0; o < kOutputs; o++) decode16<kStored, kFirst>(quants[o], integers[o]);
#pragma unroll
    for (int m = 0; m < kRows; m++) {
      if (m >= rows) break;
      float total = 0;
      float products[kOutputs] = {};
#pragma unroll
      for (int part = 0; part < 2; part++) {
        float values[8];
        load8(x + m * stride + block * kBlock + kFirst + 8 * part, kVector, values);
#pragma unroll
        for (int i = 0; i < 8; i++) {
          total += values[i];
#pragma unroll
          for (int o = 0; o < kOutputs; o++) products[o] += integers[o][8 * part + i] * values[i];
        }
      }
#pragma unroll
      for (int o = 0; o < kOutputs; o++) {
        sums[o][m] += (kFirst == 0 ? scales[o].first : scales[o].second) * products[o] + scales[o].minimum * total;
      }
    }
  };
  half(std::integral_constant<int, 0>{});
  half(std::integral_constant<int, 16>{});
}

template <class X, Stored kStored, int kRows>
__global__ void __launch_bounds__(kWarps* kWarp) projectFewRows(Packed w, const X* x, long stride, int rows, Rows out,
                                                                bool accumulate, int warpsPerOutput) {
  constexpr int kChunk = kQuantised<kStored> ? kBlock : kVector;
  const int warp = static_cast<int>(threadIdx.x) / kWarp, lane = static_cast<int>(threadIdx.x) % kWarp;
  const int groupsPerBlock = kWarps / warpsPerOutput;
  const int part = warp % warpsPerOutput;
  const int first = (static_cast<int>(blockIdx.x) * groupsPerBlock + warp / warpsPerOutput) * kOutputs;
  long outputs[kOutputs];
#pragma unroll
  for (int o = 0; o < kOutputs; o++) outputs[o] = min(first + o, w.rows - 1);  // a double is not written
  float sums[kOutputs][kRows] = {};
  const int chunks = (w.columns + kChunk - 1) / kChunk;
  // weights do not wait for the kernel before
  if (part * kWarp + lane < chunks) {
#pragma unroll
    for (int o = 0; o < kOutputs; o++) {
      prefetch(w.bytes + outputs[o] * static_cast<long>(w.layout.quantPitch) + (part * kWarp + lane) * 16l);
    }
  }
  afterPrevious();
  // lanes of all warps that share the outputs take chunks in turn
#pragma unroll 2
  for (int c = part * kWarp + lane; c < chunks; c += warpsPerOutput * kWarp) {
    if constexpr (kQuantised<kStored>) {
      addQuants<X, kStored, kRows>(w, x, stride, rows, outputs, c, sums);
    } else {
      addFloats<X, kStored, kRows>(w, x, stride, rows, outputs, c * kChunk, sums);
    }
  }
  auto* shared = reinterpret_cast<float*>(sharedMemory());  // [kWarps, kOutputs, kRows]
#pragma unroll
  for (int o = 0; o < kOutputs; o++) {
#pragma unroll
    for (int m = 0; m < kRows; m++) {
      const float sum = warpSum(sums[o][m]);
      if (lane == 0) shared[(warp * kOutputs + o) * kRows + m] = sum;
    }
  }
  __syncthreads();
  const int o = lane / kRows, m = lane % kRows;
  if (part != 0 || o >= kOutputs || m >= rows || first + o >= w.rows) return;
  float sum = 0;
  for (int p = 0; p < warpsPerOutput; p++) sum += shared[((warp + p) * kOutputs + o) * kRows + m];
  void* to = rowOf(out, m);
  store1(to, out.type, first + o, accumulate ? load1(to, out.type, first + o) + sum : sum);
}

template <class X, Stored kStored, int kRows>
Error run(const Project& op, Stream stream) {
  const int groups = (op.weight.rows + kOutputs - 1) / kOutputs;
  int warpsPerOutput = 1;
  while (warpsPerOutput < kWarps && groups * warpsPerOutput < kWantedWarps) warpsPerOutput *= 2;
  const int groupsPerBlock = kWarps / warpsPerOutput;
  const dim3 grid(static_cast<unsigned>((groups + groupsPerBlock - 1) / groupsPerBlock));
  return launchKernel(projectFewRows<X, kStored, kRows>, grid, kWarps * kWarp, kWarps * kOutputs * kRows * sizeof(float),
                      stream, packed(op.weight), static_cast<const X*>(op.in.values), op.in.stride, op.rows, op.out,
                      op.accumulate, warpsPerOutput);
}

template <class X, Stored kStored>
Error forRows(const Project& op, Stream stream) {
  if (op.rows == 1) return run<X, kStored, 1>(op, stream);
  if (op.rows <= 4) return run<X, kStored, 4>(op, stream);
  return run<X, kStored, kFewRows>(op, stream);
}

template <class X>
Error forStored(const Project& op, Stream stream) {
  switch (op.weight.stored) {
    case Stored::kF32: return forRows<X, Stored::kF32>(op, stream);
    case Stored::kF16: return forRows<X, Stored::kF16>(op, stream);
    case Stored::kBf16: return forRows<X, Stored::kBf16>(op, stream);
    case Stored::kQ8Zero: return forRows<X, Stored::kQ8Zero>(op, stream);
    case Stored::kQ4Zero: return forRows<X, Stored::kQ4Zero>(op, stream);
    case Stored::kQ4One: return forRows<X, Stored::kQ4One>(op, stream);
    case Stored::kQ4K: return forRows<X, Stored::kQ4K>(op, stream);
    case Stored::kQ6K: return forRows<X, Stored::kQ6K>(op, stream);
  }
  return kInvalidValue;
}

}  // namespace

Error projectFew(const Project& op, Stream stream) {
  switch (op.in.type) {
    case Type::kF32: return forStored<float>(op, stream);
    case Type::kF16: return forStored<Half>(op, stream);
    case Type::kBf16: return forStored<Bf16>(op, stream);
    case Type::kE4m3: break;
  }
  return kInvalidValue;
}

}  // namespace chasqui::cuda
