// What works on each row by itself and is bound by memory: embedding, RMSNorm, bias, SwiGLU, sums, copies.
#include "kernels/values.h"

namespace chasqui::cuda {

using namespace device;

namespace {

constexpr int kThreads = 256;
constexpr int kFewThreads = 128;

bool fits(const Rows& rows) {
  return rows.values != nullptr && reinterpret_cast<uintptr_t>(rows.values) % 16 == 0 && rows.stride % kVector == 0;
}

int ceilDiv(int a, int b) { return (a + b - 1) / b; }

template <Stored kStored>
__global__ void __launch_bounds__(kFewThreads) embedRows(Packed table, const int* tokenIds, Rows out) {
  afterPrevious();
  const int row = static_cast<int>(blockIdx.x);
  const int tokenId = tokenIds[row];
  const bool known = tokenId >= 0 && tokenId < table.rows;
  void* to = rowOf(out, row);
  for (int block = static_cast<int>(threadIdx.x); block * kBlock < table.columns; block += kFewThreads) {
    float v[32];
    if (known) {
      load32<kStored>(table, tokenId, block, v);
    } else {
#pragma unroll
      for (int i = 0; i < 32; i++) v[i] = __uint_as_float(0x7fffffffu);
    }
#pragma unroll
    for (int i = 0; i < 4; i++) {
      float part[8];
#pragma unroll
      for (int j = 0; j < 8; j++) part[j] = v[8 * i + j];
      const int at = block * kBlock + 8 * i;
      if (at < table.columns) store8(to, out.type, at, table.columns - at, part);
    }
  }
}

/// A block for each row; each thread reads back only what it wrote itself.
__global__ void __launch_bounds__(kThreads) normRows(Norm op) {
  afterPrevious();
  auto* scratch = reinterpret_cast<float*>(sharedMemory());
  const int row = static_cast<int>(blockIdx.x);
  void* in = rowOf(op.in, row);
  float squares = 0;
  for (int at = static_cast<int>(threadIdx.x) * kVector; at < op.width; at += kThreads * kVector) {
    float v[8];
    load8(in, op.in.type, at, op.width - at, v);
    if (op.term.values != nullptr) {
      float term[8];
      load8(rowOf(op.term, row), op.term.type, at, op.width - at, term);
#pragma unroll
      for (int i = 0; i < 8; i++) v[i] += term[i];
      store8(in, op.in.type, at, op.width - at, v);
      // the sum of squares is that of what is stored
      if (op.in.type != Type::kF32) load8(in, op.in.type, at, op.width - at, v);
    }
#pragma unroll
    for (int i = 0; i < 8; i++) squares += v[i] * v[i];
  }
  const float factor = rsqrtf(blockSum(squares, scratch) / static_cast<float>(op.width) + op.epsilon);
  for (int at = static_cast<int>(threadIdx.x) * kVector; at < op.width; at += kThreads * kVector) {
    float v[8], gain[8];
    load8(in, op.in.type, at, op.width - at, v);
    load8(op.gain + at, op.width - at, gain);
#pragma unroll
    for (int i = 0; i < 8; i++) v[i] = v[i] * factor * gain[i];
    store8(rowOf(op.out, row), op.out.type, at, op.width - at, v);
  }
}

__global__ void __launch_bounds__(kThreads) addBiasRows(AddBias op) {
  afterPrevious();
  const int at = static_cast<int>(blockIdx.y * kThreads + threadIdx.x) * kVector;
  if (at >= op.width) return;
  void* to = rowOf(op.to, blockIdx.x);
  float v[8], bias[8];
  load8(to, op.to.type, at, op.width - at, v);
  load8(op.bias + at, op.width - at, bias);
#pragma unroll
  for (int i = 0; i < 8; i++) v[i] += bias[i];
  store8(to, op.to.type, at, op.width - at, v);
}

__global__ void __launch_bounds__(kThreads) addRows(Add op) {
  afterPrevious();
  const int at = static_cast<int>(blockIdx.y * kThreads + threadIdx.x) * kVector;
  if (at >= op.width) return;
  void* to = rowOf(op.to, blockIdx.x);
  float v[8], term[8];
  load8(to, op.to.type, at, op.width - at, v);
  load8(rowOf(op.term, blockIdx.x), op.term.type, at, op.width - at, term);
#pragma unroll
  for (int i = 0; i < 8; i++) v[i] += term[i];
  store8(to, op.to.type, at, op.width - at, v);
}

__global__ void __launch_bounds__(kThreads) swiGluRows(SwiGlu op) {
  afterPrevious();
  const int at = static_cast<int>(blockIdx.y * kThreads + threadIdx.x) * kVector;
  if (at >= op.width) return;
  float gate[8], up[8];
  load8(rowOf(op.gate, blockIdx.x), op.gate.type, at, op.width - at, gate);
  load8(rowOf(op.up, blockIdx.x), op.up.type, at, op.width - at, up);
#pragma unroll
  for (int i = 0; i < 8; i++) gate[i] = gate[i] / (1.0f + __expf(-gate[i])) * up[i];
  store8(rowOf(op.out, blockIdx.x), op.out.type, at, op.width - at, gate);
}

__global__ void __launch_bounds__(kThreads) takeSomeRows(TakeRows op) {
  afterPrevious();
  const int at = static_cast<int>(blockIdx.y * kThreads + threadIdx.x) * kVector;
  const int from = op.rowIds[blockIdx.x];
  if (at >= op.width || from < 0) return;
  float v[8];
  load8(rowOf(op.in, from), op.in.type, at, op.width - at, v);
  store8(rowOf(op.out, blockIdx.x), op.out.type, at, op.width - at, v);
}

template <class Op>
Error overRows(void (*kernel)(Op), const Op& op, Stream stream) {
  if (op.rows == 0) return kOk;
  const dim3 grid(static_cast<unsigned>(op.rows), static_cast<unsigned>(ceilDiv(op.width, kThreads * kVector)));
  return launchKernel(kernel, grid, kThreads, 0, stream, op);
}

}  // namespace

Error embed(const Embed& op, Stream stream) {
  if (!fits(op.out) || op.rows < 0) return kInvalidValue;
  if (op.rows == 0) return kOk;
  const auto run = [&](auto kernel) {
    return launchKernel(kernel, dim3(static_cast<unsigned>(op.rows)), kFewThreads, 0, stream, packed(op.table),
                        op.tokenIds, op.out);
  };
  switch (op.table.stored) {
    case Stored::kF32: return run(embedRows<Stored::kF32>);
    case Stored::kF16: return run(embedRows<Stored::kF16>);
    case Stored::kBf16: return run(embedRows<Stored::kBf16>);
    case Stored::kQ8Zero: return run(embedRows<Stored::kQ8Zero>);
    case Stored::kQ4Zero: return run(embedRows<Stored::kQ4Zero>);
    case Stored::kQ4One: return run(embedRows<Stored::kQ4One>);
    case Stored::kQ4K: return run(embedRows<Stored::kQ4K>);
    case Stored::kQ6K: return run(embedRows<Stored::kQ6K>);
  }
  return kInvalidValue;
}

Error norm(const Norm& op, Stream stream) {
  if (!fits(op.in) || !fits(op.out) || (op.term.values != nullptr && !fits(op.term)) || op.width < 1 || op.rows < 0) {
    return kInvalidValue;
  }
  if (op.rows == 0) return kOk;
  return launchKernel(normRows, dim3(static_cast<unsigned>(op.rows)), kThreads, kWarp * sizeof(float), stream, op);
}

Error addBias(const AddBias& op, Stream stream) {
  if (!fits(op.to) || op.width < 1 || op.rows < 0) return kInvalidValue;
  return overRows(addBiasRows, op, stream);
}

Error swiGlu(const SwiGlu& op, Stream stream) {
  if (!fits(op.gate) || !fits(op.up) || !fits(op.out) || op.width < 1 || op.rows < 0) return kInvalidValue;
  return overRows(swiGluRows, op, stream);
}

Error add(const Add& op, Stream stream) {
  if (!fits(op.term) || !fits(op.to) || op.width < 1 || op.rows < 0) return kInvalidValue;
  return overRows(addRows, op, stream);
}

Error takeRows(const TakeRows& op, Stream stream) {
  if (!fits(op.in) || !fits(op.out) || op.width < 1 || op.rows < 0) return kInvalidValue;
  return overRows(takeSomeRows, op, stream);
}

}  // namespace chasqui::cuda
