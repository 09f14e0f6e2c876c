// A program as the session runs it.
#pragma once

#include <vector>

#include "kernels/kernels.h"

namespace chasqui::cuda {

/// The numbers are those of CommandCode in Java, which says what the operands are.
enum class Code : int {
  kEmbed = 0,
  kNorm = 1,
  kProject = 2,
  kAddBias = 3,
  kRotate = 4,
  kAttend = 5,
  kSwiGlu = 6,
  kAdd = 7,
  kTake = 8,
  kLowRank = 9,
};

/// What an adapter adds to one product; vectors are indices, -1 where it adds nothing.
struct AdapterTerm {
  int down;
  int up;
  int rank;
  float scale;
};

/// One command; what the fields mean depends on the code. -1 stands for none.
struct Command {
  Code code;
  int in = -1;        // slot; queries
  int second = -1;    // slot: term of a norm, keys, up
  int third = -1;     // slot: values
  int out = -1;       // slot
  int matrix = -1;
  int vector = -1;    // gain or bias
  int layer = -1;
  int rotation = -1;
  bool flag = false;  // accumulate; interleaved
  float epsilon = 0;
  std::vector<AdapterTerm> terms;  // of each adapter
};

/// Memory of [rows, stride] values.
struct BufferShape {
  int width;
  Type type;
  bool ofLogitRows;

  long stride() const { return (width + 7L) / 8 * 8; }
};

/// Columns of a buffer.
struct SlotShape {
  int buffer;
  int offset;
  int width;
};

struct Sizes {
  int layers;
  int blocks;
  int blockSize;
  int heads;
  int kvHeads;
  int headSize;
  Type kvType;
  int adapters;
  std::vector<int> pairs;  // of each rotation
};

struct Program {
  std::vector<BufferShape> buffers;
  std::vector<SlotShape> slots;
  std::vector<Command> commands;
  int logits = -1;  // slot
  Sizes sizes;
  int greatestRank = 0;

  const BufferShape& bufferOf(int slot) const {
    return buffers[static_cast<size_t>(slots[static_cast<size_t>(slot)].buffer)];
  }
  int width(int slot) const { return slots[static_cast<size_t>(slot)].width; }
  bool ofLogitRows(int slot) const { return bufferOf(slot).ofLogitRows; }
};

/// What Java wrote.
struct ProgramCode {
  std::vector<int> buffers;  // width, type, 1 if of logit rows
  std::vector<int> slots;    // buffer, offset, width
  std::vector<int> code;
  int logits;
  std::vector<int> sizes;
};

/// Throws std::invalid_argument where it names what is not there.
Program readProgram(const ProgramCode& from, const std::vector<Matrix>& matrices,
                    const std::vector<size_t>& vectorLengths);

}  // namespace chasqui::cuda
