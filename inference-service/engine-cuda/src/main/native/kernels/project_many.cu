// Products of many rows on tensor cores (mma.m16n8k16), for 16-bit activations.
//
// A block computes kRows rows by 128 outputs, 64 columns at a time through three buffers of shared memory.
// Activations, and weights of the activations' type, come by cp.async; other weights are loaded to
// registers one tile ahead, brought to the activations' type and stored. Rows of tiles are 144 bytes
// apart, so that the eight rows of an ldmatrix lie in different banks. Where there are too few tiles to
// fill the device, columns are split among blocks and a second kernel adds the parts in order.
#include <algorithm>

#include "kernels/project.h"
#include "kernels/values.h"

namespace chasqui::cuda {

using namespace device;

namespace {

constexpr int kThreads = 256;
constexpr int kOutputs = 128;
constexpr int kColumns = 64;
constexpr int kPitch = kColumns + 8;
constexpr int kBuffers = 3;
/// Blocks that fill an H200: two on each of 132 multiprocessors.
constexpr int kWantedBlocks = 264;
constexpr int kMostParts = 8;
/// Fewer columns are not worth a part.
constexpr int kTilesOfPart = 8;

int ceilDiv(int a, int b) { return (a + b - 1) / b; }

/// How a tile is shared among 8 warps.
template <int kRows>
struct Split {
  static constexpr int kWarpsOverRows = kRows == 128 ? 4 : kRows == 64 ? 2 : 1;
  static constexpr int kWarpsOverOutputs = 8 / kWarpsOverRows;
  static constexpr int kRowTiles = kRows / kWarpsOverRows / 16;
  static constexpr int kOutputTiles = kOutputs / kWarpsOverOutputs / 8;
};

struct Product {
  Packed w;
  const void* x;
  long xStride;
  int rows;
  Rows out;
  bool accumulate;
  float* partial;  // [parts, rows, w.rows], or null
  int tilesOfPart;
};

/// Eight activations of one row, zeros where there are none.
template <class T>
__device__ __forceinline__ void copyActivations(T* to, const T* row, bool exists, int at, int columns) {
  if (!exists || at + kVector <= columns || at >= columns) {
    copyAsync16(to, exists && at < columns ? row + at : row, exists && at < columns);
  } else {
    for (int i = 0; i < kVector; i++) to[i] = at + i < columns ? row[at + i] : fromFloat<T>(0.0f);
  }
}

template <class T, int kRows>
__device__ __forceinline__ void copyRowTile(const Product& p, T* to, int firstRow, int tile) {
  constexpr int kVectors = kRows * (kColumns / kVector);
  for (int i = static_cast<int>(threadIdx.x); i < kVectors; i += kThreads) {
    const int r = i / (kColumns / kVector), at = i % (kColumns / kVector) * kVector;
    const bool exists = firstRow + r < p.rows;
    const T* row = static_cast<const T*>(p.x) + (exists ? firstRow + r : 0) * p.xStride;
    copyActivations(to + r * kPitch + at, row, exists, tile * kColumns + at, p.w.columns);
  }
}

/// Weights of the activations' type. Their rows are padded with zeros to 16 bytes.
template <class T>
__device__ __forceinline__ void copyWeightTile(const Product& p, T* to, int firstOutput, int tile) {
  constexpr int kVectors = kOutputs * (kColumns / kVector);
#pragma unroll
  for (int i = static_cast<int>(threadIdx.x); i < kVectors; i += kThreads) {
    const int n = i / (kColumns / kVector), at = i % (kColumns / kVector) * kVector;
    const bool exists = firstOutput + n < p.w.rows && tile * kColumns + at < p.w.columns;
    const uint8_t* row = p.w.bytes + (exists ? firstOutput + n : 0) * static_cast<long>(p.w.layout.quantPitch);
    copyAsync16(to + n * kPitch + at, reinterpret_cast<const T*>(row) + (exists ? tile * kColumns + at : 0), exists);
  }
}

/// 32 weights on their way: of output thread / 2, the first or the second block of the tile.
template <Stored kStored>
struct Fetched {
  Quants quants;
};
template <>
struct Fetched<Stored::kF32> { Raw8<float> raw[4]; };
template <>
struct Fetched<Stored::kF16> { Raw8<Half> raw[4]; };
template <>
struct Fetched<Stored::kBf16> { Raw8<Bf16> raw[4]; };

template <Stored kStored>
__device__ __forceinline__ bool fetchWeights(const Product& p, Fetched<kStored>& to, int firstOutput, int tile) {
  const int n = firstOutput + static_cast<int>(threadIdx.x) / 2;
  const int block = 2 * tile + static_cast<int>(threadIdx.x) % 2;
  if (n >= p.w.rows || block * kBlock >= p.w.columns) return false;
  if constexpr (kQuantised<kStored>) {
    to.quants = loadQuants<kStored>(p.w, n, block);
  } else {
    using W = typename FloatOf<kStored>::T;
    const W* row = reinterpret_cast<const W*>(p.w.bytes + n * static_cast<long>(p.w.layout.quantPitch));
#pragma unroll
    for (int i = 0; i < 4; i++) {
      const int at = block * kBlock + kVector * i;
      // what is padded to 16 bytes only may end within 8 values of float32
      float v[8];
      load8(row + at, p.w.columns - at, v);
      if constexpr (sizeof(W) == 4) {
        to.raw[i].a = make_uint4(__float_as_uint(v[0]), __float_as_uint(v[1]), __float_as_uint(v[2]), __float_as_uint(v[3]));
        to.raw[i].b = make_uint4(__float_as_uint(v[4]), __float_as_uint(v[5]), __float_as_uint(v[6]), __float_as_uint(v[7]));
      } else {
        to.raw[i].a = pack8<W>(v);
      }
    }
  }
  return true;
}

template <class T, Stored kStored>
__device__ __forceinline__ void storeWeights(T* to, const Fetched<kStored>& from, bool exists, int tile) {
  T* row = to + static_cast<int>(threadIdx.x) / 2 * kPitch + static_cast<int>(threadIdx.x) % 2 * kBlock;
  if (!exists) {
#pragma unroll
    for (int i = 0; i < 4; i++) reinterpret_cast<uint4*>(row)[i] = make_uint4(0, 0, 0, 0);
    return;
  }
  if constexpr (kQuantised<kStored>) {
    const Scales s = scalesOf<kStored>(from.quants, 2 * tile + static_cast<int>(threadIdx.x) % 2);
    float half[16], v[8];
    decode16<kStored, 0>(from.quants, half);
#pragma unroll
    for (int i = 0; i < 2; i++) {
#pragma unroll
      for (int j = 0; j < 8; j++) v[j] = s.first * half[8 * i + j] + s.minimum;
      reinterpret_cast<uint4*>(row)[i] = pack8<T>(v);
    }
    decode16<kStored, 16>(from.quants, half);
#pragma unroll
    for (int i = 0; i < 2; i++) {
#pragma unroll
      for (int j = 0; j < 8; j++) v[j] = s.second * half[8 * i + j] + s.minimum;
      reinterpret_cast<uint4*>(row)[2 + i] = pack8<T>(v);
    }
  } else {
#pragma unroll
    for (int i = 0; i < 4; i++) {
      float v[8];
      unpack8(from.raw[i], v);
      reinterpret_cast<uint4*>(row)[i] = pack8<T>(v);
    }
  }
}

template <class T, int kRows>
__device__ __forceinline__ void multiplyTile(const T* xs, const T* ws,
                                             float (&sums)[Split<kRows>::kRowTiles][Split<kRows>::kOutputTiles][4]) {
  using S = Split<kRows>;
  const int warp = static_cast<int>(threadIdx.x) / kWarp, lane = static_cast<int>(threadIdx.x) % kWarp;
  const int row = warp / S::kWarpsOverOutputs * S::kRowTiles * 16, output = warp % S::kWarpsOverOutputs * S::kOutputTiles * 8;
  // ldmatrix: rows of x are the rows of a; rows of w are the columns of b
  const T* x = xs + (row + lane % 16) * kPitch + lane / 16 * 8;
  const T* w = ws + (output + lane / 16 * 8 + lane % 8) * kPitch + lane / 8 % 2 * 8;
#pragma unroll
  for (int k = 0; k < kColumns; k += 16) {
    uint32_t a[S::kRowTiles][4];
#pragma unroll
    for (int i = 0; i < S::kRowTiles; i++) loadMatrices(a[i], x + i * 16 * kPitch + k);
#pragma unroll
    for (int j = 0; j < S::kOutputTiles; j += 2) {
      uint32_t b[4];
      loadMatrices(b, w + j * 8 * kPitch + k);
#pragma unroll
      for (int i = 0; i < S::kRowTiles; i++) {
        multiply<T>(sums[i][j], a[i], b[0], b[1]);
        multiply<T>(sums[i][j + 1], a[i], b[2], b[3]);
      }
    }
  }
}

__device__ __forceinline__ void writePair(const Product& p, int row, int output, float first, float second) {
  if (row >= p.rows || output >= p.w.rows) return;
  const bool both = output + 1 < p.w.rows;
  if (p.partial != nullptr) {
    float* to = p.partial + (static_cast<long>(blockIdx.z) * p.rows + row) * p.w.rows + output;
    to[0] = first;
    if (both) to[1] = second;
    return;
  }
  void* to = rowOf(p.out, row);
  if (p.accumulate) {
    first += load1(to, p.out.type, output);
    if (both) second += load1(to, p.out.type, output + 1);
  }
  if (!both) {
    store1(to, p.out.type, output, first);
  } else if (p.out.type == Type::kF32) {
    *reinterpret_cast<float2*>(static_cast<float*>(to) + output) = make_float2(first, second);
  } else {
    static_cast<uint32_t*>(to)[output / 2] =
        p.out.type == Type::kBf16 ? packPair<Bf16>(first, second) : packPair<Half>(first, second);
  }
}

template <class T, Stored kStored, int kRows>
__global__ void __launch_bounds__(kThreads, 2) projectManyRows(Product p) {
  afterPrevious();
  using S = Split<kRows>;
  constexpr bool kDirect = (kStored == Stored::kBf16 && std::is_same_v<T, Bf16>) || (kStored == Stored::kF16 && std::is_same_v<T, Half>);
  T* xs = reinterpret_cast<T*>(sharedMemory());      // [kBuffers, kRows, kPitch]
  T* ws = xs + kBuffers * kRows * kPitch;            // [kBuffers, kOutputs, kPitch]
  const int firstRow = static_cast<int>(blockIdx.x) * kRows, firstOutput = static_cast<int>(blockIdx.y) * kOutputs;
  const int firstTile = static_cast<int>(blockIdx.z) * p.tilesOfPart;
  const int tiles = min(p.tilesOfPart, (p.w.columns + kColumns - 1) / kColumns - firstTile);
  float sums[S::kRowTiles][S::kOutputTiles][4] = {};

  const auto copy = [&](int tile) {
    if (tile < tiles) {
      copyRowTile<T, kRows>(p, xs + tile % kBuffers * kRows * kPitch, firstRow, firstTile + tile);
      if constexpr (kDirect) copyWeightTile<T>(p, ws + tile % kBuffers * kOutputs * kPitch, firstOutput, firstTile + tile);
    }
    commitCopies();  // an empty group where there is none: the count of groups stays that of tiles
  };
  Fetched<kStored> fetched{};
  bool exists = false;
  for (int tile = 0; tile < kBuffers - 1; tile++) copy(tile);
  if constexpr (!kDirect) {
    exists = fetchWeights<kStored>(p, fetched, firstOutput, firstTile);
    storeWeights<T, kStored>(ws, fetched, exists, firstTile);
    if (tiles > 1) exists = fetchWeights<kStored>(p, fetched, firstOutput, firstTile + 1);
  }
  for (int tile = 0; tile < tiles; tile++) {
    waitForCopies<kBuffers - 2>();
    __syncthreads();  // the tile is there for all, and all are done with the one before
    copy(tile + kBuffers - 1);
    if constexpr (!kDirect) {
      if (tile + 1 < tiles) storeWeights<T, kStored>(ws + (tile + 1) % kBuffers * kOutputs * kPitch, fetched, exists, firstTile + tile + 1);
      if (tile + 2 < tiles) exists = fetchWeights<kStored>(p, fetched, firstOutput, firstTile + tile + 2);
    }
    multiplyTile<T, kRows>(xs + tile % kBuffers * kRows * kPitch, ws + tile % kBuffers * kOutputs * kPitch, sums);
  }

  const int warp = static_cast<int>(threadIdx.x) / kWarp, lane = static_cast<int>(threadIdx.x) % kWarp;
  const int row = firstRow + warp / S::kWarpsOverOutputs * S::kRowTiles * 16 + lane / 4;
  const int output = firstOutput + warp % S::kWarpsOverOutputs * S::kOutputTiles * 8 + 2 * (lane % 4);
#pragma unroll
  for (int i = 0; i < S::kRowTiles; i++) {
#pragma unroll
    for (int j = 0; j < S::kOutputTiles; j++) {
      writePair(p, row + 16 * i, output + 8 * j, sums[i][j][0], sums[i][j][1]);
      writePair(p, row + 16 * i + 8, output + 8 * j, sums[i][j][2], sums[i][j][3]);
    }
  }
}

__global__ void __launch_bounds__(kThreads) addParts(const float* partial, int parts, int rows, int outputs, Rows out, bool accumulate) {
  afterPrevious();
  const int output = static_cast<int>(blockIdx.y * kThreads + threadIdx.x);
  const int row = static_cast<int>(blockIdx.x);
  if (output >= outputs) return;
  float sum = 0;
  for (int part = 0; part < parts; part++) sum += partial[(static_cast<long>(part) * rows + row) * outputs + output];
  void* to = rowOf(out, row);
  store1(to, out.type, output, accumulate ? load1(to, out.type, output) + sum : sum);
}

int rowsOfTile(int rows) { return rows <= 16 ? 16 : rows <= 64 ? 64 : 128; }

template <class T, Stored kStored, int kRows>
Error run(const Project& op, int parts, Stream stream) {
  const int tiles = ceilDiv(op.weight.columns, kColumns);
  const int tilesOfPart = ceilDiv(tiles, parts);
  parts = ceilDiv(tiles, tilesOfPart);
  float* partial = parts > 1 ? static_cast<float*>(op.scratch) : nullptr;
  const Product product{packed(op.weight), op.in.values, op.in.stride, op.rows, op.out, op.accumulate, partial, tilesOfPart};
  const dim3 grid(static_cast<unsigned>(ceilDiv(op.rows, kRows)), static_cast<unsigned>(ceilDiv(op.weight.rows, kOutputs)), static_cast<unsigned>(parts));
  constexpr size_t kShared = static_cast<size_t>(kBuffers) * (kRows + kOutputs) * kPitch * sizeof(T);
  const Error error = launchKernel(projectManyRows<T, kStored, kRows>, grid, kThreads, kShared, stream, product);
  if (error != kOk || parts == 1) return error;
  const dim3 rows(static_cast<unsigned>(op.rows), static_cast<unsigned>(ceilDiv(op.weight.rows, kThreads)));
  return launchKernel(addParts, rows, kThreads, 0, stream, partial, parts, op.rows, op.weight.rows, op.out, op.accumulate);
}

template <class T, Stored kStored>
Error forRows(const Project& op, Stream stream) {
  int parts = projectManyParts(op.weight, op.rows);
  const size_t partBytes = static_cast<size_t>(op.rows) * static_cast<size_t>(op.weight.rows) * sizeof(float);
  parts = op.scratch == nullptr ? 1 : std::clamp(static_cast<int>(op.scratchBytes / partBytes), 1, parts);
  switch (rowsOfTile(op.rows)) {
    case 16: return run<T, kStored, 16>(op, parts, stream);
    case 64: return run<T, kStored, 64>(op, parts, stream);
    default: break;
  }
  const Error error = run<T, kStored, 128>(op, parts, stream);
  if (error != kInvalidValue) return error;
  // a device with less shared memory than tiles of 128 take (compute capability 8.6, 8.9, 12.0)
  lastError();
  return run<T, kStored, 64>(op, parts, stream);
}

}  // namespace

bool projectManyTakes(Type in, Stored stored) {
  return in == Type::kBf16 || (in == Type::kF16 && stored == Stored::kF16);
}

int projectManyParts(const Matrix& weight, int rows) {
  const int blocks = ceilDiv(rows, rowsOfTile(rows)) * ceilDiv(weight.rows, kOutputs);
  const int most = std::min(kMostParts, ceilDiv(weight.columns, kColumns) / kTilesOfPart);
  return std::clamp(kWantedBlocks / blocks, 1, std::max(1, most));
}

Error projectMany(const Project& op, Stream stream) {
  if (op.in.type == Type::kF16) return forRows<Half, Stored::kF16>(op, stream);
  switch (op.weight.stored) {
    case Stored::kF32: return forRows<Bf16, Stored::kF32>(op, stream);
    case Stored::kF16: return forRows<Bf16, Stored::kF16>(op, stream);
    case Stored::kBf16: return forRows<Bf16, Stored::kBf16>(op, stream);
    case Stored::kQ8Zero: return forRows<Bf16, Stored::kQ8Zero>(op, stream);
    case Stored::kQ4Zero: return forRows<Bf16, Stored::kQ4Zero>(op, stream);
    case Stored::kQ4One: return forRows<Bf16, Stored::kQ4One>(op, stream);
    case Stored::kQ4K: return forRows<Bf16, Stored::kQ4K>(op, stream);
    case Stored::kQ6K: return forRows<Bf16, Stored::kQ6K>(op, stream);
  }
  return kInvalidValue;
}

}  // namespace chasqui::cuda
