// Where the parts of a packed matrix lie. Every part is a plane [rows, ...] of its own, quants first, so
// that a row's quants begin at a multiple of 16 bytes and a block of 32 weights is one or two loads of
// 16 bytes. No bit is added to what the file holds (rows of floats are padded to 16 bytes).
#pragma once

#include "kernels/kernels.h"

namespace chasqui::cuda {

/// Weights of a row that are decoded together.
constexpr int kBlock = 32;
constexpr int kSuperBlock = 256;

/// Bytes of a row in each plane, and where planes begin within the matrix.
///   floats   quants: the values
///   Q8_0     quants: int8; scales: f16 a block
///   Q4_0     quants: nibbles, byte j of a block's 16: value j low, j + 16 high; scales: f16 a block
///   Q4_1     quants: as Q4_0; scales: f16 scale, f16 minimum a block
///   Q4_K     quants: as Q4_0; scales: the file's 16 bytes a superblock: f16 d, f16 dmin, 12 bytes of
///            6-bit scales and minima (ggml-common.h, block_q4_K)
///   Q6_K     quants: low nibbles as Q4_0; high: 8 bytes a block, byte j: two bits each of values j,
///            j + 8, j + 16, j + 24, from the low bits up; scales: int8 for 16 values; supers: f16 d
struct PackedLayout {
  size_t quantPitch = 0;
  size_t highAt = 0, highPitch = 0;
  size_t scaleAt = 0, scalePitch = 0;
  size_t superAt = 0, superPitch = 0;
  size_t bytes = 0;
};

PackedLayout packedLayout(Stored stored, int rows, int columns);

template <Stored kStored>
constexpr bool kQuantised = static_cast<int>(kStored) >= static_cast<int>(Stored::kQ8Zero);

}  // namespace chasqui::cuda
