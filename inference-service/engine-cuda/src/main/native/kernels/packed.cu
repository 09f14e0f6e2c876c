#include "kernels/packed.h"

#include "kernels/values.h"

namespace chasqui::cuda {

using namespace device;

namespace {

size_t ceilDiv(size_t a, size_t b) { return (a + b - 1) / b; }

struct File {
  int values;  // of a block
  int bytes;
};
File fileOf(Stored stored) {
  switch (stored) {
    case Stored::kF32: return {1, 4};
    case Stored::kF16:
    case Stored::kBf16: return {1, 2};
    case Stored::kQ8Zero: return {32, 34};
    case Stored::kQ4Zero: return {32, 18};
    case Stored::kQ4One: return {32, 20};
    case Stored::kQ4K: return {256, 144};
    case Stored::kQ6K: return {256, 210};
  }
  return {0, 0};
}

__device__ uint32_t u16(const uint8_t* p) { return *reinterpret_cast<const uint16_t*>(p); }

/// Value j of a block in the file as an unsigned integer.
template <Stored kStored>
__device__ uint32_t valueOf(const uint8_t* super, int sub, int j) {
  if constexpr (kStored == Stored::kQ4K) {
    return super[16 + sub / 2 * 32 + j] >> (sub % 2 * 4) & 15;
  } else {
    // block_q6_K: 128 low nibbles' bytes, 64 of high bits, halves of 128 values
    const int half = sub / 4, quarter = sub % 4;
    const uint32_t low = super[half * 64 + quarter % 2 * 32 + j] >> (quarter / 2 * 4) & 15;
    const uint32_t high = super[128 + half * 32 + j] >> (quarter * 2) & 3;
    return low | high << 4;
  }
}

/// A thread for each block of 32 weights.
template <Stored kStored>
__global__ void packBlocks(const uint8_t* from, long fileRowBytes, uint8_t* to, PackedLayout layout, int firstRow,
                           int rows, int blocks) {
  afterPrevious();
  const long index = static_cast<long>(blockIdx.x) * blockDim.x + threadIdx.x;
  if (index >= static_cast<long>(rows) * blocks) return;
  const long row = index / blocks;
  const int block = static_cast<int>(index % blocks);
  const uint8_t* source = from + row * fileRowBytes;
  const long target = firstRow + row;
  uint8_t* quants = to + target * static_cast<long>(layout.quantPitch);
  uint8_t* scales = to + layout.scaleAt + target * static_cast<long>(layout.scalePitch);
  if constexpr (kStored == Stored::kQ8Zero) {
    const uint8_t* p = source + 34l * block;
    reinterpret_cast<uint16_t*>(scales)[block] = static_cast<uint16_t>(u16(p));
    for (int i = 0; i < 16; i++) reinterpret_cast<uint16_t*>(quants)[16 * block + i] = static_cast<uint16_t>(u16(p + 2 + 2 * i));
  } else if constexpr (kStored == Stored::kQ4Zero || kStored == Stored::kQ4One) {
    constexpr int kHead = kStored == Stored::kQ4Zero ? 2 : 4;
    const uint8_t* p = source + static_cast<long>(kHead + 16) * block;
    for (int i = 0; i < kHead / 2; i++) reinterpret_cast<uint16_t*>(scales)[kHead / 2 * block + i] = static_cast<uint16_t>(u16(p + 2 * i));
    for (int i = 0; i < 8; i++) reinterpret_cast<uint16_t*>(quants)[8 * block + i] = static_cast<uint16_t>(u16(p + kHead + 2 * i));
  } else {
    constexpr int kBytes = kStored == Stored::kQ4K ? 144 : 210;
    const uint8_t* super = source + static_cast<long>(kBytes) * (block / 8);
    const int sub = block % 8;
    for (int j = 0; j < 16; j++) {
      quants[16 * block + j] = static_cast<uint8_t>((valueOf<kStored>(super, sub, j) & 15) |
                                                    (valueOf<kStored>(super, sub, j + 16) & 15) << 4);
    }
    if constexpr (kStored == Stored::kQ4K) {
      if (sub == 0) {
        for (int i = 0; i < 8; i++) reinterpret_cast<uint16_t*>(scales)[block + i] = static_cast<uint16_t>(u16(super + 2 * i));
      }
    } else {
      uint8_t* high = to + layout.highAt + target * static_cast<long>(layout.highPitch);
      uint8_t* supers = to + layout.superAt + target * static_cast<long>(layout.superPitch);
      for (int j = 0; j < 8; j++) {
        uint32_t bits = 0;
        for (int k = 0; k < 4; k++) bits |= valueOf<kStored>(super, sub, j + 8 * k) >> 4 << 2 * k;
        high[8 * block + j] = static_cast<uint8_t>(bits);
      }
      scales[2 * block] = super[192 + 2 * sub];
      scales[2 * block + 1] = super[192 + 2 * sub + 1];
      if (sub == 0) reinterpret_cast<uint16_t*>(supers)[block / 8] = static_cast<uint16_t>(u16(super + 208));
    }
  }
}

/// Two bytes a thread: rows of 16-bit values may begin at any even address. Padding becomes 0.
__global__ void packFloats(const uint8_t* from, long fileRowBytes, uint8_t* to, long pitch, int firstRow, int rows) {
  afterPrevious();
  const long index = static_cast<long>(blockIdx.x) * blockDim.x + threadIdx.x;
  if (index >= rows * (pitch / 2)) return;
  const long row = index / (pitch / 2), at = index % (pitch / 2) * 2;
  const uint16_t value = at < fileRowBytes ? *reinterpret_cast<const uint16_t*>(from + row * fileRowBytes + at) : uint16_t{0};
  *reinterpret_cast<uint16_t*>(to + (firstRow + row) * pitch + at) = value;
}

}  // namespace

size_t storedRowBytes(Stored stored, int columns) {
  const File file = fileOf(stored);
  if (file.values == 0 || columns < 1 || columns % file.values != 0) return 0;
  return static_cast<size_t>(columns / file.values) * static_cast<size_t>(file.bytes);
}

PackedLayout packedLayout(Stored stored, int rows, int columns) {
  PackedLayout layout;
  const auto k = static_cast<size_t>(columns);
  switch (stored) {
    case Stored::kF32: layout.quantPitch = ceilDiv(k * 4, 16) * 16; break;
    case Stored::kF16:
    case Stored::kBf16: layout.quantPitch = ceilDiv(k * 2, 16) * 16; break;
    case Stored::kQ8Zero: layout.quantPitch = k; layout.scalePitch = k / 32 * 2; break;
    case Stored::kQ4Zero: layout.quantPitch = k / 2; layout.scalePitch = k / 32 * 2; break;
    case Stored::kQ4One: layout.quantPitch = k / 2; layout.scalePitch = k / 32 * 4; break;
    case Stored::kQ4K: layout.quantPitch = k / 2; layout.scalePitch = k / 256 * 16; break;
    case Stored::kQ6K:
      layout.quantPitch = k / 2;
      layout.highPitch = k / 4;
      layout.scalePitch = k / 16;
      layout.superPitch = k / 256 * 2;
      break;
  }
  const auto n = static_cast<size_t>(rows);
  const auto plane = [&](size_t pitch) { return ceilDiv(n * pitch, 256) * 256; };
  layout.highAt = plane(layout.quantPitch);
  layout.scaleAt = layout.highAt + plane(layout.highPitch);
  layout.superAt = layout.scaleAt + plane(layout.scalePitch);
  layout.bytes = layout.superAt + plane(layout.superPitch);
  return layout;
}

size_t packedBytes(Stored stored, int rows, int columns) { return packedLayout(stored, rows, columns).bytes; }

Error pack(const Matrix& matrix, int firstRow, int count, const void* from, Stream stream) {
  const size_t rowBytes = storedRowBytes(matrix.stored, matrix.columns);
  if (rowBytes == 0 || firstRow < 0 || count < 0 || firstRow + count > matrix.rows) return kInvalidValue;
  if (count == 0) return kOk;
  const PackedLayout layout = packedLayout(matrix.stored, matrix.rows, matrix.columns);
  const auto* source = static_cast<const uint8_t*>(from);
  auto* target = static_cast<uint8_t*>(matrix.bytes);
  const auto fileRowBytes = static_cast<long>(rowBytes);
  constexpr int kThreads = 256;
  const size_t perRow = layout.scalePitch > 0 ? static_cast<size_t>(matrix.columns / kBlock) : layout.quantPitch / 2;
  const size_t items = static_cast<size_t>(count) * perRow;
  const dim3 grid(static_cast<unsigned>(ceilDiv(items, kThreads)));
  const auto run = [&](auto kernel) {
    return launchKernel(kernel, grid, kThreads, 0, stream, source, fileRowBytes, target, layout, firstRow, count,
                        matrix.columns / kBlock);
  };
  switch (matrix.stored) {
    case Stored::kQ8Zero: return run(packBlocks<Stored::kQ8Zero>);
    case Stored::kQ4Zero: return run(packBlocks<Stored::kQ4Zero>);
    case Stored::kQ4One: return run(packBlocks<Stored::kQ4One>);
    case Stored::kQ4K: return run(packBlocks<Stored::kQ4K>);
    case Stored::kQ6K: return run(packBlocks<Stored::kQ6K>);
    default:
      return launchKernel(packFloats, grid, kThreads, 0, stream, source, fileRowBytes, target,
                          static_cast<long>(layout.quantPitch), firstRow, count);
  }
}

}  // namespace chasqui::cuda
