#include "kernels/project.h"

#include <algorithm>

namespace chasqui::cuda {

namespace {

/// Eight rows after the other: for pairs of types that tensor cores are not set up for.
Error projectInSlices(const Project& op, Stream stream) {
  for (int first = 0; first < op.rows; first += kFewRows) {
    Project slice = op;
    slice.rows = std::min(kFewRows, op.rows - first);
    slice.in.values = static_cast<uint8_t*>(op.in.values) + first * op.in.stride * bytesOf(op.in.type);
    slice.out.values = static_cast<uint8_t*>(op.out.values) + first * op.out.stride * bytesOf(op.out.type);
    const Error error = projectFew(slice, stream);
    if (error != kOk) return error;
  }
  return kOk;
}

bool fits(const Rows& rows) {
  return rows.values != nullptr && reinterpret_cast<uintptr_t>(rows.values) % 16 == 0 && rows.stride % 8 == 0;
}

}  // namespace

Error project(const Project& op, Stream stream) {
  if (!fits(op.in) || !fits(op.out) || op.rows < 0 || storedRowBytes(op.weight.stored, op.weight.columns) == 0) {
    return kInvalidValue;
  }
  if (op.rows == 0 || op.weight.rows == 0) return kOk;
  const bool tensorCores = projectManyTakes(op.in.type, op.weight.stored);
  if (op.rows <= (tensorCores ? kMostByMemory : kFewRows)) return projectFew(op, stream);
  if (tensorCores) return projectMany(op, stream);
  return op.in.type == Type::kF32 ? projectExact(op, stream) : projectInSlices(op, stream);
}

size_t projectScratchBytes(const Matrix& weight, int rows) {
  size_t most = 0;
  // fewer rows are split into more parts
  for (int some = kMostByMemory + 1; some <= rows; some++) {
    const int parts = projectManyParts(weight, some);
    if (parts > 1) {
      most = std::max(most, static_cast<size_t>(parts) * static_cast<size_t>(some) * static_cast<size_t>(weight.rows) * sizeof(float));
    }
  }
  return most;
}

}  // namespace chasqui::cuda
