// What the kernels of one CPU variant work on, and the table through which they are called.
#pragma once

#include <cstddef>
#include <cstdint>

namespace chasqui {

/// Outputs of a matrix that are stored interleaved: one lane each.
constexpr int kGroup = 16;
/// Inputs that share a scale.
constexpr int kBlock = 32;

/// How a packed matrix stores its weights; see matrix.h for the bytes.
enum class Format : int {
  kF32,
  kF16,
  kBf16,
  kBytes,        // scale * (q - 128)
  kNibbles,      // scale * (q - 8)
  kNibblesMin,   // scale * q + min
  kFives,        // scale * (q - 16)
  kFivesMin,     // scale * q + min
  kSixes,        // scale of 16 inputs * (q - 32)
};

/// A packed weight matrix [rows, columns]: groups of 16 rows, each `groupBytes` long.
struct Matrix {
  Format format;
  int rows;
  int columns;
  int groups;
  int blocks;  // of 32 columns; 0 for floats
  size_t groupBytes;
  size_t scalesAt;  // within a group
  size_t minsAt;    // within a group
  const uint8_t* bytes;
};

/// Activations: float32 [rows, stride] and, where a product needs them, the same rounded to int8 or,
/// with `fines`, to 15 bits: 128 * quant + fine.
struct Rows {
  float* values;
  size_t stride;      // a multiple of 16; what is behind the width is zero
  int8_t* quants;     // [rows, 32 * blocks]
  int8_t* fines;      // [rows, 32 * blocks], in [-64, 64]; null for int8
  float* scales;      // [rows, blocks]
  float* sums;        // [rows, blocks]: scale times the sum of the block's quants
  int32_t* negSums;   // [rows, blocks]: minus the sum of the block's quants
  int32_t* negHalves; // [rows, 2 * blocks]: minus the sums of 16 quants
  int blocks;
};

/// How keys and values are stored.
enum class KvElement : int {
  kF32,
  kF16,
  kInt8,  // with a scale for each head at each position
};

/// Keys and values of one layer: keys [block, kvHead, headSize, keyPitch], values
/// [block, kvHead, blockSize, valuePitch]; the pitches are multiples of 16. Scales of int8 are
/// bfloat16 [block, kvHead, keyPitch].
struct Pages {
  KvElement element;
  void* keys;
  void* values;
  uint16_t* keyScales;
  uint16_t* valueScales;
  int kvHeads;
  int headSize;
  int blockSize;
  int keyPitch;
  int valuePitch;
};

/// A few queries that read the same KV head of the same sequence.
struct QueryTile {
  static constexpr int kMost = 8;
  int count;
  const float* queries[kMost];
  float* outs[kMost];
  int lengths[kMost];  // positions that each may see
  const int* table;    // the sequence's blocks
  int kvHead;
  float scale;
};

struct Rotation {
  int headSize;
  int pairs;
  bool interleaved;
};

/// The kernels of one variant. A row's result is the same bits whatever rows are computed with it.
struct Kernels {
  const char* name;

  /// out[r][n] of groups [firstGroup, endGroup) and rows [firstRow, endRow).
  void (*project)(const Matrix&, int firstGroup, int endGroup, const Rows& in, int firstRow,
                  int endRow, float* out, size_t outStride);
  /// Rounds a row of values, to 15 bits where the rows have fines, else to int8.
  void (*quantise)(const Rows& rows, int row);
  void (*rmsNorm)(const float* in, const float* gain, int width, int stride, float epsilon,
                  float* out);
  void (*swiGlu)(const float* gate, const float* up, float* out, int count);
  void (*add)(const float* term, float* to, int count);
  void (*rotate)(float* heads, int count, const Rotation&, const float* cosines,
                 const float* sines);
  /// Converts to float16; both sides are read and written 16 at a time.
  void (*toHalves)(const float* in, uint16_t* out, int count);
  /// Rounds a head to int8, out[i * pitch], and sets its scale.
  void (*toBytes)(const float* in, int count, int8_t* out, int pitch, uint16_t* scale);
  /// `scratch` holds [QueryTile::kMost, headSize + blocks of the longest query * keyPitch] floats.
  void (*attend)(const QueryTile&, const Pages&, float* scratch);
  /// The first index of the greatest of some values; -1 if one is not finite.
  int (*greatest)(const float* values, int count);
  /// Reads the bytes and adds them up, to measure the memory's bandwidth.
  uint64_t (*readAll)(const uint8_t* bytes, size_t count);
};

extern const Kernels kPortableKernels;
#ifdef CHASQUI_X86
extern const Kernels kAvx2Kernels;
extern const Kernels kAvx512Kernels;
extern const Kernels kAmxKernels;
#endif
#ifdef CHASQUI_ARM
extern const Kernels kNeonKernels;
#endif

}  // namespace chasqui
