// A program as the session runs it.
#pragma once

#include <cstdint>
#include <vector>

#include "kernels/kernels.h"

namespace chasqui {

/// The numbers are those of CommandCode in Java, which says what the operands are.
enum class Code : int {
  kEmbed = 0,
  kNorm = 1,
  kProject = 2,
  kAddBias = 3,
  kRotate = 4,
  kStore = 5,
  kAttend = 6,
  kSwiGlu = 7,
  kAdd = 8,
  kTake = 9,
  kQuantise = 10,
  kAddAdapted = 11,
};

struct Projection {
  int matrix;
  int out;
};

/// One command; what the fields mean depends on the code.
struct Command {
  Code code;
  int in = -1;       // slot
  int second = -1;   // slot: keys' values, up
  int out = -1;      // slot
  int vector = -1;   // gain or bias
  int layer = -1;
  int angles = -1;   // which cosines and sines of the step
  int adapter = -1;  // only for rows that ask for it
  float epsilon = 0;
  Rotation rotation{};
  std::vector<Projection> projections;
};

struct SlotShape {
  int width;
  bool ofLogitRows;
};

/// The numbers are those of KvType in Java.
enum class KvType : int { kAuto = 0, kF32 = 1, kF16 = 2, kInt8 = 3 };
constexpr int kKvTypes = 4;

struct KvSizes {
  int layers;
  int blocks;
  int blockSize;
  int heads;
  int kvHeads;
  int headSize;
  KvType type;
};

/// Commands that run one after the other for each row by itself, or a single product or attention.
struct Stage {
  enum class Kind { kRows, kProject, kAttend } kind;
  bool ofLogitRows;
  std::vector<Command> commands;
};

/// Reads what Java wrote: slots as (width, 1 if of logit rows), then commands. Throws
/// std::invalid_argument where it names what is not there.
struct Program {
  std::vector<SlotShape> slots;
  std::vector<Stage> stages;
  int logits;  // slot
  int angles;  // how many pairs of cosines and sines a step brings
  std::vector<int> pairs;  // of each
  int embedWidth;
  int adapters;
};

Program readProgram(const std::vector<int>& slots, const std::vector<int>& code, int logits,
                    const std::vector<Matrix>& matrices, const std::vector<int>& vectorLengths,
                    const KvSizes& kv, int adapters);

}  // namespace chasqui
