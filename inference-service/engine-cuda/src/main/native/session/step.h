// One step as Java wrote it (CudaStep): where everything lies follows from the head alone.
#pragma once

#include <array>
#include <vector>

#include "kernels/kernels.h"

namespace chasqui::cuda {

constexpr int kStepHead = 12;

/// The numbers in front of a step; see StepShape in Java.
struct StepShape {
  int rows;
  int logitRows;
  int wantedLogitRows;
  int sequences;
  int tableStride;
  int singles;
  int tiles;
  int longest;
  int tokenGroups;
  int logitGroups;
  int repeatable;
  int words;  // behind the head

  /// Steps with the same key run the same launches with the same pointers. How many of the logit
  /// rows are copied out is not among it.
  std::array<int, 9> key() const {
    return {rows, logitRows, sequences, tableStride, singles, tiles, longest, tokenGroups, logitGroups};
  }
};

/// Where a step's arrays begin, in words behind the head.
struct StepLayout {
  size_t tokenIds, sequences, positions, tables, singles, tiles, logitRows;
  size_t tokenGroups, tokenRowIds, logitGroups, logitRowIds;
  std::vector<size_t> cosines, sines;  // of each rotation
  size_t words;
};

/// Throws std::invalid_argument where the numbers are not sound or do not add up to the words.
StepShape readShape(const int* words, size_t count);
StepLayout layoutOf(const StepShape& shape, const std::vector<int>& pairs);
/// Checks what kernels index with: sequences, rows, blocks, row ids. Token ids are checked by the kernel.
void checkStep(const StepShape& shape, const StepLayout& layout, const int* words, int blocks, int blockSize,
               int adapters);

}  // namespace chasqui::cuda
