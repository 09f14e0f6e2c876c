#include "pack.h"

#include <cmath>
#include <cstring>

namespace chasqui {

namespace {

// Conversions between half and single, IEEE 754, to the nearest even.
float halfToFloat(uint16_t h) {
  const uint32_t sign = static_cast<uint32_t>(h & 0x8000) << 16;
  const uint32_t exponent = h >> 10 & 31;
  const uint32_t fraction = h & 1023;
  uint32_t bits;
  if (exponent == 31) {
    bits = sign | 0x7f800000 | fraction << 13;
  } else if (exponent != 0) {
    bits = sign | (exponent + 112) << 23 | fraction << 13;
  } else {
    const float tiny = std::ldexp(static_cast<float>(fraction), -24);
    return sign != 0 ? -tiny : tiny;
  }
  float x;
  std::memcpy(&x, &bits, sizeof x);
  return x;
}

uint16_t floatToHalf(float x) {
  uint32_t bits;
  std::memcpy(&bits, &x, sizeof bits);
  const uint16_t sign = static_cast<uint16_t>(bits >> 16 & 0x8000);
  const float magnitude = std::fabs(x);
  if (!(magnitude < 65520.0f)) return static_cast<uint16_t>(sign | (magnitude == magnitude ? 0x7c00 : 0x7e00));
  if (magnitude < 0x1p-14f) {
    return static_cast<uint16_t>(sign | static_cast<uint16_t>(std::nearbyint(magnitude * 0x1p24f)));
  }
  bits &= 0x7fffffff;
  bits += 0xfff + (bits >> 13 & 1);
  return static_cast<uint16_t>(sign | static_cast<uint16_t>((bits >> 13) - (112 << 10)));
}

uint16_t shortAt(const uint8_t* p) { return static_cast<uint16_t>(p[0] | p[1] << 8); }

/// A block of 32 columns of one row: quants from 0 up, and what they are multiplied with.
struct Block {
  uint8_t quants[kBlock];
  uint16_t scales[2];
  uint16_t min;
};

struct StoredForm {
  Format format;
  int columnsPerBlock;
  int bytesPerBlock;
};

const StoredForm& formOf(Stored stored) {
  static const StoredForm forms[kStoredTypes] = {
      {Format::kF32, 1, 4},       {Format::kF16, 1, 2},         {Format::kBf16, 1, 2},
      {Format::kBytes, 32, 34},   {Format::kNibbles, 32, 18},   {Format::kNibblesMin, 32, 20},
      {Format::kFives, 32, 22},   {Format::kFivesMin, 32, 24},  {Format::kNibblesMin, 256, 144},
      {Format::kFivesMin, 256, 176}, {Format::kSixes, 256, 210}, {Format::kBytes, 32, 128},
  };
  return forms[static_cast<int>(stored)];
}

void nibblesOf(const uint8_t* p, Block& block) {
  for (int i = 0; i < 16; i++) {
    block.quants[i] = p[i] & 15;
    block.quants[i + 16] = static_cast<uint8_t>(p[i] >> 4);
  }
}

void addFifthBits(const uint8_t* p, Block& block) {
  for (int i = 0; i < kBlock; i++) block.quants[i] |= static_cast<uint8_t>((p[i / 8] >> i % 8 & 1) << 4);
}

/// ggml's get_scale_min_k4: the last four borrow their high bits from the first.
void scaleAndMin(const uint8_t* p, int sub, int& scale, int& min) {
  scale = sub < 4 ? p[sub] & 63 : (p[sub + 4] & 15) | p[sub - 4] >> 6 << 4;
  min = sub < 4 ? p[sub + 4] & 63 : p[sub + 4] >> 4 | p[sub] >> 6 << 4;
}

/// Sub-block `sub` of Q4_K or Q5_K, whose nibbles begin at `nibbles`.
void subBlockOfK(const uint8_t* p, int sub, const uint8_t* nibbles, Block& block) {
  int scale, min;
  scaleAndMin(p + 4, sub, scale, min);
  block.scales[0] = floatToHalf(halfToFloat(shortAt(p)) * static_cast<float>(scale));
  block.min = floatToHalf(-halfToFloat(shortAt(p + 2)) * static_cast<float>(min));
  const uint8_t* values = nibbles + sub / 2 * 32;
  for (int i = 0; i < kBlock; i++) block.quants[i] = values[i] >> sub % 2 * 4 & 15;
}

void subBlockOfQ6K(const uint8_t* p, int block32, Block& block) {
  const float d = halfToFloat(shortAt(p + 208));
  for (int half = 0; half < 2; half++) {
    const int sub = 2 * block32 + half;
    block.scales[half] =
        floatToHalf(d * static_cast<float>(static_cast<int8_t>(p[192 + sub])));
    const int quarter = sub % 8 / 2;
    const uint8_t* low = p + sub / 8 * 64 + quarter % 2 * 32 + sub % 2 * 16;
    const uint8_t* high = p + 128 + sub / 8 * 32 + sub % 2 * 16;
    for (int i = 0; i < 16; i++) {
      block.quants[half * 16 + i] = static_cast<uint8_t>((low[i] >> quarter / 2 * 4 & 15) |
                                                         (high[i] >> quarter * 2 & 3) << 4);
    }
  }
}

void bytesOfFloats(const uint8_t* p, Block& block) {
  float values[kBlock];
  std::memcpy(values, p, sizeof values);
  float most = 0;
  for (float value : values) most = std::fmax(most, std::fabs(value));
  block.scales[0] = floatToHalf(most / 127.0f);
  const float scale = halfToFloat(block.scales[0]);
  for (int i = 0; i < kBlock; i++) {
    const float q = scale > 0 ? std::nearbyint(values[i] / scale) : 0;
    block.quants[i] = static_cast<uint8_t>(128 + static_cast<int>(std::fmin(std::fmax(q, -127), 127)));
  }
}

/// Reads block `index` of 32 columns of the row at p.
Block blockOf(Stored stored, const uint8_t* p, int index) {
  const StoredForm& form = formOf(stored);
  const int perBlock = form.columnsPerBlock / kBlock;
  p += static_cast<size_t>(index / perBlock) * static_cast<size_t>(form.bytesPerBlock);
  const int sub = index % perBlock;
  Block block{};
  switch (stored) {
    case Stored::kQ8Zero:
      block.scales[0] = shortAt(p);
      for (int i = 0; i < kBlock; i++) block.quants[i] = static_cast<uint8_t>(p[2 + i] ^ 0x80);
      break;
    case Stored::kQ4Zero:
      block.scales[0] = shortAt(p);
      nibblesOf(p + 2, block);
      break;
    case Stored::kQ4One:
      block.scales[0] = shortAt(p);
      block.min = shortAt(p + 2);
      nibblesOf(p + 4, block);
      break;
    case Stored::kQ5Zero:
      block.scales[0] = shortAt(p);
      nibblesOf(p + 6, block);
      addFifthBits(p + 2, block);
      break;
    case Stored::kQ5One:
      block.scales[0] = shortAt(p);
      block.min = shortAt(p + 2);
      nibblesOf(p + 8, block);
      addFifthBits(p + 4, block);
      break;
    case Stored::kQ4K:
      subBlockOfK(p, sub, p + 16, block);
      break;
    case Stored::kQ5K:
      subBlockOfK(p, sub, p + 48, block);
      for (int i = 0; i < kBlock; i++) block.quants[i] |= static_cast<uint8_t>((p[16 + i] >> sub & 1) << 4);
      break;
    case Stored::kQ6K:
      subBlockOfQ6K(p, sub, block);
      break;
    case Stored::kF32ToBytes:
      bytesOfFloats(p, block);
      break;
    case Stored::kF32:
    case Stored::kF16:
    case Stored::kBf16:
      break;  // have no blocks
  }
  return block;
}

size_t quantBytes(Format format) {
  switch (format) {
    case Format::kBytes: return 512;
    case Format::kNibbles:
    case Format::kNibblesMin: return 256;
    case Format::kFives:
    case Format::kFivesMin: return 320;
    case Format::kSixes: return 384;
    default: return 0;
  }
}

bool hasMin(Format format) { return format == Format::kNibblesMin || format == Format::kFivesMin; }

/// Writes a block of row `lane` of a group: line j holds inputs 4j to 4j + 3 of every lane.
void writeBlock(const Block& block, const Matrix& matrix, uint8_t* group, int index, int lane) {
  uint8_t* quants = group + static_cast<size_t>(index) * quantBytes(matrix.format);
  for (int i = 0; i < kBlock; i++) {
    const int line = i / 4;
    const int at = lane * 4 + i % 4;
    const uint8_t q = block.quants[i];
    if (matrix.format == Format::kBytes) {
      quants[64 * line + at] = q;
      continue;
    }
    quants[64 * (line % 4) + at] |= static_cast<uint8_t>(line < 4 ? q & 15 : q << 4);
    if (matrix.format == Format::kFives || matrix.format == Format::kFivesMin) {
      quants[256 + 8 * line + at / 8] |= static_cast<uint8_t>((q >> 4) << at % 8);
    } else if (matrix.format == Format::kSixes) {
      quants[256 + 64 * (line / 4) + at] |= static_cast<uint8_t>((q >> 4) << 2 * (line % 4));
    }
  }
  const int perBlock = matrix.format == Format::kSixes ? 2 : 1;
  uint16_t* scales = reinterpret_cast<uint16_t*>(group + matrix.scalesAt);
  for (int half = 0; half < perBlock; half++) {
    scales[(perBlock * index + half) * kGroup + lane] = block.scales[half];
  }
  if (hasMin(matrix.format)) {
    reinterpret_cast<uint16_t*>(group + matrix.minsAt)[index * kGroup + lane] = block.min;
  }
}

void packFloats(const StoredForm& form, const uint8_t* row, const Matrix& matrix, uint8_t* group,
                int lane) {
  const size_t size = static_cast<size_t>(form.bytesPerBlock);
  for (int k = 0; k < matrix.columns; k++) {
    std::memcpy(group + (static_cast<size_t>(k) * kGroup + static_cast<size_t>(lane)) * size,
                row + static_cast<size_t>(k) * size, size);
  }
}

size_t toLines(size_t bytes) { return (bytes + 63) / 64 * 64; }

}  // namespace

size_t storedRowBytes(Stored stored, int columns) {
  const StoredForm& form = formOf(stored);
  if (columns % form.columnsPerBlock != 0) return 0;
  return static_cast<size_t>(columns / form.columnsPerBlock) * static_cast<size_t>(form.bytesPerBlock);
}

PackedMatrix makeMatrix(Stored stored, int rows, int columns) {
  const StoredForm& form = formOf(stored);
  Matrix m{};
  m.format = form.format;
  m.rows = rows;
  m.columns = columns;
  m.groups = (rows + kGroup - 1) / kGroup;
  if (form.columnsPerBlock == 1) {
    m.groupBytes = toLines(static_cast<size_t>(columns) * kGroup * static_cast<size_t>(form.bytesPerBlock));
  } else {
    m.blocks = columns / kBlock;
    const size_t blocks = static_cast<size_t>(m.blocks);
    const size_t scaleBytes = kGroup * sizeof(uint16_t) * (form.format == Format::kSixes ? 2 : 1);
    m.scalesAt = blocks * quantBytes(form.format);
    m.minsAt = m.scalesAt + (hasMin(form.format) ? blocks * scaleBytes : 0);
    m.groupBytes = toLines(m.minsAt + blocks * scaleBytes);
  }
  PackedMatrix packed{m, zeroed<uint8_t>(static_cast<size_t>(m.groups) * m.groupBytes)};
  packed.matrix.bytes = packed.memory.get();
  return packed;
}

void packGroup(Stored stored, const uint8_t* rows, const PackedMatrix& to, int group) {
  const Matrix& m = to.matrix;
  const StoredForm& form = formOf(stored);
  const size_t rowBytes = storedRowBytes(stored, m.columns);
  uint8_t* bytes = to.memory.get() + static_cast<size_t>(group) * m.groupBytes;
  for (int lane = 0; lane < kGroup && group * kGroup + lane < m.rows; lane++) {
    const uint8_t* row = rows + static_cast<size_t>(group * kGroup + lane) * rowBytes;
    if (m.blocks == 0) {
      packFloats(form, row, m, bytes, lane);
      continue;
    }
    for (int index = 0; index < m.blocks; index++) {
      writeBlock(blockOf(stored, row, index), m, bytes, index, lane);
    }
  }
}

}  // namespace chasqui
