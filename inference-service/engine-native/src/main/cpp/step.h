// One step as Java wrote it.
#pragma once

#include <cstddef>

namespace chasqui {

/// Which rows belong to a sequence and where its blocks are named.
struct StepSlice {
  int firstRow;
  int rows;
  int startPosition;
  int tableAt;  // into the step's tables
  int adapter;  // -1 for none
};

/// A step: views of memory that Java owns, checked by Java.
struct StepView {
  int rows;
  int sliceCount;
  int logitRowCount;
  const StepSlice* slices;  // [sliceCount]
  const int* logitRows;     // [logitRowCount]
  const int* tables;        // block ids of all sequences
  const float* embeddings;  // [rows, width]
  const float* angles;      // for each rotation: cosines [rows, pairs], then sines [rows, pairs]
};

}  // namespace chasqui
