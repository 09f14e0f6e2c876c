// Brings stored weights into the interleaved form that kernels read.
#pragma once

#include <cstdint>

#include "kernels/kernels.h"
#include "memory.h"

namespace chasqui {

/// How weights are stored; the numbers are those of StoredType in Java.
enum class Stored : int {
  kF32 = 0,
  kF16 = 1,
  kBf16 = 2,
  kQ8Zero = 3,
  kQ4Zero = 4,
  kQ4One = 5,
  kQ5Zero = 6,
  kQ5One = 7,
  kQ4K = 8,
  kQ5K = 9,
  kQ6K = 10,
  /// float32 that is to be rounded to int8 with a scale for 32 columns
  kF32ToBytes = 11,
};
constexpr int kStoredTypes = 12;

/// A packed matrix and its memory.
struct PackedMatrix {
  Matrix matrix;
  Memory<uint8_t> memory;
};

/// Returns the bytes that a row of so many columns takes; 0 if they do not fill whole blocks.
size_t storedRowBytes(Stored stored, int columns);

/// Returns an empty packed matrix of the right form.
PackedMatrix makeMatrix(Stored stored, int rows, int columns);

/// Packs one group of 16 rows; `rows` is the first row of the whole matrix.
void packGroup(Stored stored, const uint8_t* rows, const PackedMatrix& to, int group);

}  // namespace chasqui
