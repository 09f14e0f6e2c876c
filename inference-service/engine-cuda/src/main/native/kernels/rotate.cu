// RoPE (arXiv 2104.09864) and the write of keys and values into their blocks, in one pass.
#include "kernels/values.h"

namespace chasqui::cuda {

using namespace device;

namespace {

constexpr int kThreads = 256;

/// Where a row's keys or values of KV head 0 lie; those of the next head are blockSize * headSize further.
__device__ __forceinline__ long placeOf(const KvLayer& kv, const StepRows& step, int row, int position) {
  const int block = step.tables[step.sequences[row] * step.tableStride + position / kv.blockSize];
  return (static_cast<long>(block) * kv.kvHeads * kv.blockSize + position % kv.blockSize) * kv.headSize;
}

/// A block for each row. A thread takes pairs of heads, and what lies beyond the pairs value by value.
__global__ void __launch_bounds__(kThreads) rotateRows(Rotate op) {
  afterPrevious();
  const int row = static_cast<int>(blockIdx.x);
  const int position = op.step.positions != nullptr ? op.step.positions[row] : 0;
  if (position < 0) return;
  const int pairs = op.cosines == nullptr ? 0 : op.pairs;
  const int queryHeads = op.queries.values == nullptr ? 0 : op.heads;
  const int keyHeads = op.keys.values == nullptr ? 0 : op.kvHeads;
  void* queries = queryHeads == 0 ? nullptr : rowOf(op.queries, row);
  void* keys = keyHeads == 0 ? nullptr : rowOf(op.keys, row);
  const long place = op.store ? placeOf(op.kv, op.step, row, position) : 0;
  const long headPitch = op.store ? static_cast<long>(op.kv.blockSize) * op.kv.headSize : 0;

  for (int i = static_cast<int>(threadIdx.x); i < (queryHeads + keyHeads) * pairs; i += kThreads) {
    const int pair = i % pairs, head = i / pairs;
    const float cosine = op.cosines[static_cast<long>(row) * op.pairs + pair];
    const float sine = op.sines[static_cast<long>(row) * op.pairs + pair];
    const int a = op.interleaved ? 2 * pair : pair, b = op.interleaved ? a + 1 : pair + op.pairs;
    const bool query = head < queryHeads;
    const Type type = query ? op.queries.type : op.keys.type;
    void* from = query ? queries : keys;
    const int base = (query ? head : head - queryHeads) * op.headSize;
    const float x = load1(from, type, base + a), y = load1(from, type, base + b);
    const float turnedX = x * cosine - y * sine, turnedY = x * sine + y * cosine;
    if (query || !op.store) {
      store1(from, type, base + a, turnedX);
      store1(from, type, base + b, turnedY);
    } else {
      const long to = place + (head - queryHeads) * headPitch;
      store1(op.kv.keys, op.kv.type, to + a, turnedX);
      store1(op.kv.keys, op.kv.type, to + b, turnedY);
    }
  }
  if (!op.store) return;
  const int rest = op.headSize - 2 * pairs;
  for (int i = static_cast<int>(threadIdx.x); i < keyHeads * rest; i += kThreads) {
    const int head = i / rest, at = 2 * pairs + i % rest;
    store1(op.kv.keys, op.kv.type, place + head * headPitch + at, load1(keys, op.keys.type, head * op.headSize + at));
  }
  const void* values = rowOf(op.values, row);
  for (int i = static_cast<int>(threadIdx.x) * kVector; i < op.kvHeads * op.headSize; i += kThreads * kVector) {
    float v[8];
    load8(values, op.values.type, i, kVector, v);
    const long to = place + i / op.headSize * headPitch + i % op.headSize;
    switch (op.kv.type) {
      case Type::kF32: storeRaw8(static_cast<float*>(op.kv.values) + to, v); break;
      case Type::kF16: storeRaw8(static_cast<Half*>(op.kv.values) + to, v); break;
      case Type::kBf16: storeRaw8(static_cast<Bf16*>(op.kv.values) + to, v); break;
      case Type::kE4m3: storeRaw8(static_cast<E4m3*>(op.kv.values) + to, v); break;
    }
  }
}

}  // namespace

Error rotate(const Rotate& op, Stream stream) {
  const bool shape = op.headSize > 0 && op.rows >= 0 && op.pairs >= 0 && 2 * op.pairs <= op.headSize;
  const bool stores = !op.store || (op.keys.values != nullptr && op.values.values != nullptr && op.headSize % kVector == 0 &&
                                    op.kv.headSize == op.headSize && op.kv.kvHeads == op.kvHeads && op.kv.blockSize > 0 &&
                                    op.values.stride % kVector == 0 && op.step.positions != nullptr);
  if (!shape || !stores) return kInvalidValue;
  if (op.rows == 0) return kOk;
  return launchKernel(rotateRows, dim3(static_cast<unsigned>(op.rows)), kThreads, 0, stream, op);
}

}  // namespace chasqui::cuda
