// The three ways to project; project.cu chooses.
#pragma once

#include "kernels/packed.h"

namespace chasqui::cuda {

/// Most rows that projectFew takes.
constexpr int kFewRows = 8;
/// With more, an H200's arithmetic units take longer than its memory (bfloat16: 10 weights a clock and
/// multiprocessor, each unpacked and multiplied for every row, by 128 lanes), and tensor cores are faster.
constexpr int kMostByMemory = 4;

/// Few rows (decode): every weight is read once, bound by memory. Any types.
Error projectFew(const Project& op, Stream stream);
/// Many rows on tensor cores, for 16-bit activations; see projectManyTakes.
Error projectMany(const Project& op, Stream stream);
bool projectManyTakes(Type in, Stored stored);
/// Into how many parts the columns are split: partial sums [parts, rows, weight.rows] of float32.
int projectManyParts(const Matrix& weight, int rows);
/// Many rows in float32.
Error projectExact(const Project& op, Stream stream);

}  // namespace chasqui::cuda
