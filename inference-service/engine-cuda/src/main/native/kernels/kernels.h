// Every launch that a session makes. Pointers are device memory that the caller owns, unless it says
// host. A launch puts its kernels on a stream and returns at once: 0, or a cudaError_t of the launch
// itself (1, cudaErrorInvalidValue, for shapes that it does not take).
//
// Numbers. The residual stream and logits are float32. What projections read is float32, float16 or
// bfloat16 as the session chooses: bfloat16 for bfloat16 and quantised models, float16 for float16
// ones, float32 where everything shall be exact. All sums are float32. Projections multiply 16-bit
// activations of many rows on tensor cores, with weights brought to the activations' type; float32
// activations and few rows are multiplied in float32 with weights as exact as they are stored.
//
// A row's result does not depend on what other rows hold, but for the last bits on how many rows
// there are: another number of rows may take another kernel.
#pragma once

#include <cstddef>
#include <cstdint>

#include "device/runtime.h"

namespace chasqui::cuda {

// ---- what they work on --------------------------------------------------------------------------

/// kE4m3 is of KV memory alone: FP8 with 4 bits of exponent and 3 of fraction, greatest value 448, without
/// a scale; what is greater becomes 448.
enum class Type : int { kF32 = 0, kF16 = 1, kBf16 = 2, kE4m3 = 3 };

constexpr int bytesOf(Type type) { return type == Type::kF32 ? 4 : type == Type::kE4m3 ? 1 : 2; }

/// Activations [rows, width], row r at values + r * stride elements. Values are 16-byte aligned and the
/// stride is a multiple of 8. What is between width and stride is neither read nor written.
struct Rows {
  void* values = nullptr;
  Type type = Type::kF32;
  long stride = 0;
};

/// How weights are stored; the numbers are those of StoredType in Java's native backend.
enum class Stored : int {
  kF32 = 0,
  kF16 = 1,
  kBf16 = 2,
  kQ8Zero = 3,
  kQ4Zero = 4,
  kQ4One = 5,
  kQ4K = 8,
  kQ6K = 10,
};

/// A matrix [rows, columns] in device memory: as many bits as in the file, its parts apart so that
/// loads are 16 bytes wide; see packed.h.
struct Matrix {
  Stored stored = Stored::kF32;
  int rows = 0;
  int columns = 0;
  void* bytes = nullptr;  // packedBytes(...), 256-byte aligned
};

/// Bytes of a row in the file; 0 if columns do not fill whole blocks or the type is unknown.
size_t storedRowBytes(Stored stored, int columns);
/// Bytes of the packed matrix.
size_t packedBytes(Stored stored, int rows, int columns);
/// Packs rows [firstRow, firstRow + count) of a matrix. `from` is device memory (a staging buffer) and
/// holds them as the file does, row behind row, 2-byte aligned (float32: 4).
Error pack(const Matrix& matrix, int firstRow, int count, const void* from, Stream stream);

/// Keys and values of one layer, each [blocks, kvHeads, blockSize, headSize] of `type`, 16-byte
/// aligned. headSize is a multiple of 8 and at most 256.
struct KvLayer {
  void* keys = nullptr;
  void* values = nullptr;
  Type type = Type::kBf16;
  int kvHeads = 0;
  int headSize = 0;
  int blockSize = 0;
};

/// What a step says about its rows, in device memory, so that a captured graph can be launched for
/// other steps. Rows that only fill up a bucket have position -1: no KV is written for them, their
/// attention is 0, and every other result of theirs is unspecified.
struct StepRows {
  const int* sequences = nullptr;  // [rows] which table of `tables` is the row's
  const int* positions = nullptr;  // [rows] position within its sequence, or -1
  const int* tables = nullptr;     // [sequences, tableStride] block ids
  long tableStride = 0;
};

// ---- ops ----------------------------------------------------------------------------------------

/// out[r] = table[tokenIds[r]]. A token id outside the table gives a row of NaN.
struct Embed {
  Matrix table;
  const int* tokenIds = nullptr;  // [rows]
  int rows = 0;
  Rows out;
};
Error embed(const Embed& op, Stream stream);

/// If term.values: in += term, first. Then out = in / sqrt(mean(in²) + epsilon) * gain
/// (RMSNorm, arXiv 1910.07467). Out may be in where there is no term.
struct Norm {
  Rows in;
  Rows term;                    // null values: none
  const float* gain = nullptr;  // [width]
  float epsilon = 0;
  Rows out;
  int width = 0;
  int rows = 0;
};
Error norm(const Norm& op, Stream stream);

/// out = in * weightᵀ, or out += with `accumulate` (the residual connection, when out is float32).
/// in [rows, columns], out [rows, weight.rows]; out is not in.
struct Project {
  Rows in;
  int rows = 0;
  Matrix weight;
  Rows out;
  bool accumulate = false;
  void* scratch = nullptr;  // projectScratchBytes(...) or null: then the sum is never split
  size_t scratchBytes = 0;
};
Error project(const Project& op, Stream stream);
/// What the largest of projections of up to so many rows takes; one scratch serves all of a stream.
size_t projectScratchBytes(const Matrix& weight, int rows);

/// to += bias.
struct AddBias {
  const float* bias = nullptr;  // [width]
  Rows to;
  int width = 0;
  int rows = 0;
};
Error addBias(const AddBias& op, Stream stream);

/// Rotates queries and keys and writes keys and values into their blocks, each part only where its
/// values are not null: queries in place; keys in place, or, where `store` is set, into their blocks
/// only. Pair i of a row is turned by cosines[row, i], sines[row, i]; values of a head beyond the pairs
/// stay as they are.
struct Rotate {
  Rows queries;                    // [rows, heads, headSize]
  Rows keys;                       // [rows, kvHeads, headSize]
  Rows values;                     // [rows, kvHeads, headSize]; only with store
  const float* cosines = nullptr;  // [rows, pairs]; null: nothing is turned (StoreKv alone)
  const float* sines = nullptr;
  int pairs = 0;
  bool interleaved = false;  // pair i: values 2i, 2i + 1; else i, i + pairs
  int heads = 0;
  int kvHeads = 0;
  int headSize = 0;
  int rows = 0;
  bool store = false;
  KvLayer kv;
  StepRows step;
};
Error rotate(const Rotate& op, Stream stream);

/// Rows of one sequence in a row: positions are consecutive.
struct QueryTile {
  int firstRow;
  int rows;  // 0 to kQueryTileRows; 0 fills up a bucket
};
constexpr int kQueryTileRows = 64;

/// out = softmax(q kᵀ * scale) v over positions 0 to its own, for the rows that are listed: one by one
/// (decode: the context is split among blocks and merged) or in tiles (prefill: tensor cores, where
/// queries have a 16-bit type and KV the same or kE4m3, else as one by one). A row is listed once. Query head h
/// reads KV head h / (heads / kvHeads).
struct Attend {
  Rows queries;  // rotated [rows, heads, headSize]
  Rows out;      // [rows, heads, headSize], not the queries
  int heads = 0;
  float scale = 0;
  KvLayer kv;
  StepRows step;
  const int* singles = nullptr;  // [singleCount] rows; -1 fills up a bucket
  int singleCount = 0;
  const QueryTile* tiles = nullptr;  // [tileCount]
  int tileCount = 0;
  int longest = 0;  // at least the greatest position + 1 of the singles; in a graph: of every launch
  void* scratch = nullptr;  // attendScratchBytes(...) or null: then the context is never split
  size_t scratchBytes = 0;
};
Error attend(const Attend& op, Stream stream);
/// What any number of singles up to singleCount takes.
size_t attendScratchBytes(int heads, int headSize, int singleCount, int longest);

/// out = silu(gate) * up (SwiGLU, arXiv 2002.05202). Out may be one of the inputs.
struct SwiGlu {
  Rows gate;
  Rows up;
  Rows out;
  int width = 0;
  int rows = 0;
};
Error swiGlu(const SwiGlu& op, Stream stream);

/// to += term.
struct Add {
  Rows term;
  Rows to;
  int width = 0;
  int rows = 0;
};
Error add(const Add& op, Stream stream);

/// out[i] = in[rowIds[i]]; a negative id leaves the row as it is.
struct TakeRows {
  Rows in;
  const int* rowIds = nullptr;  // [rows]
  Rows out;
  int width = 0;
  int rows = 0;
};
Error takeRows(const TakeRows& op, Stream stream);

// ---- LoRA ---------------------------------------------------------------------------------------

/// What one adapter adds to one product: scale * (in * downᵀ) * upᵀ (arXiv 2106.09685).
struct LowRankPart {
  const void* down;  // [rank, columns], row pitch a multiple of 8; null: the adapter leaves it alone
  const void* up;    // [outputs, rank], row pitch a multiple of 8
  int rank;
  float scale;
};

/// Up to kLowRankRows rows that ask for the same adapter.
struct LowRankGroup {
  int adapter;  // -1 fills up a bucket
  int first;    // into rowIds
  int count;
};
constexpr int kLowRankRows = 8;

/// out[r] += what the row's adapter adds, for the rows that are listed. Each row is in one group.
struct LowRank {
  Rows in;
  Rows out;
  const LowRankPart* parts = nullptr;    // [adapters]
  Type type = Type::kF32;                // of all down and up
  int greatestRank = 0;                  // of the parts
  const LowRankGroup* groups = nullptr;  // [groupCount]
  int groupCount = 0;
  const int* rowIds = nullptr;
  int columns = 0;           // of in
  int outputs = 0;           // width of out
  float* between = nullptr;  // [groupCount, kLowRankRows, greatestRank]
};
Error lowRank(const LowRank& op, Stream stream);

// ---- sampling -----------------------------------------------------------------------------------

/// What a sampled row is when a logit is NaN or +infinity, or none is finite: the model failed.
constexpr int kNoToken = -1;

/// tokenIds[r] = the greatest logit's, the smallest id where several are equal; or kNoToken.
struct Greedy {
  const float* logits = nullptr;  // [rows, vocabulary]
  long stride = 0;
  int vocabulary = 0;
  int rows = 0;
  int* tokenIds = nullptr;  // [rows]
};
Error greedy(const Greedy& op, Stream stream);

/// A change of one logit, as AnswerDraw.adjust makes it: logit + bias; then, where a repetition is
/// given (not 0), times it if below 0, else divided by it; then minus `minus`.
struct LogitChange {
  int tokenId;
  float bias;
  float repetition;
  float minus;
};

/// How one row is drawn: as dev.chasqui.engine.sample.Sampler does, except that candidates are
/// cumulated in the order of their ids, always.
struct Draw {
  double random;      // in [0, 1)
  float temperature;  // 0: the greatest logit
  float topP;         // 1: all
  float minP;         // 0: all
  int topK;           // 0: all
  int metaTopP;       // 1: Meta's rule of the last token kept, 0: Hugging Face's
  int firstChange;    // into changes
  int changeCount;    // each token at most once
  int mask;           // which mask of masks, or -1: bit id & 31 of word id >> 5 is set for allowed ids
};

struct Sample {
  float* logits = nullptr;  // [rows, vocabulary]; changed
  long stride = 0;
  int vocabulary = 0;
  int rows = 0;
  const Draw* draws = nullptr;  // [rows]
  const LogitChange* changes = nullptr;
  const uint32_t* masks = nullptr;  // [masks, maskWords]
  int maskWords = 0;                // ids beyond are not allowed
  int* tokenIds = nullptr;          // [rows]
};
Error sample(const Sample& op, Stream stream);

}  // namespace chasqui::cuda
