// A program with its weights, activations and KV memory.
#pragma once

#include <memory>
#include <vector>

#include "memory.h"
#include "pack.h"
#include "program.h"
#include "step.h"
#include "team.h"

namespace chasqui {

/// Belongs to one thread at a time.
class Session final : private Work {
 public:
  /// With `fine`, activations meet quantised weights in 15 bits, else in int8.
  Session(const Kernels& kernels, int threads, bool fine);

  /// Packs a matrix, with all threads; returns its index.
  int addMatrix(Stored stored, int rows, int columns, const uint8_t* bytes);
  /// Copies a vector of gains or biases; returns its index.
  int addVector(const float* values, int count);
  /// Says what run() computes. Called once, behind all matrices and vectors.
  void setProgram(const std::vector<int>& slots, const std::vector<int>& code, int logits,
                  const KvSizes& kv, int adapters);

  void run(const StepView& step);

  /// The result of the last step: row r begins at logits() + r * logitStride().
  const float* logits() const;
  size_t logitStride() const;
  int vocabularySize() const;

  /// Of each row of logits the index of the greatest, -1 where one is not finite.
  const std::vector<int>& greatest() const { return greatest_; }

  /// Embedding width and pairs of each rotation, to measure a step's memory.
  const Program& program() const { return program_; }
  const Kernels& kernels() const { return kernels_; }
  Team& team() { return team_; }

 private:
  struct Slot {
    Rows rows{};
    int capacity = 0;
    bool quantised = false;
    Memory<float> values;
    Memory<int8_t> quants, fines;
    Memory<float> scales, sums;
    Memory<int32_t> negSums, negHalves;
  };
  /// Rows of one sequence and a KV head.
  struct AttentionChunk {
    int slice;
    int kvHead;
    int firstRow;  // of the slice
    int rows;
  };
  /// How the groups and rows of the current product are cut.
  struct Cut {
    int groupsPerChunk;
    int groupChunks;
    int rowsPerChunk;
    int rowChunks;
  };

  int chunks(int stage) override;
  void run(int stage, int chunk, int worker) override;

  void markQuantised();
  KvElement elementOf(KvType type) const;
  void makePages(const KvSizes& kv);
  void grow(int slot, int rows);
  void prepare(const StepView& step);
  void prepareAttention();
  int adapterOf(bool ofLogitRows, int row) const;
  int rowsOf(bool ofLogitRows) const;
  int rowsPerChunk(int rows) const;
  int cutProduct(const Command& product, int rows);
  void findGreatest(int chunk);
  void runRows(const Stage& stage, int chunk);
  void runRow(const Command& command, int row);
  void storeKv(const Command& command, int row);
  void storeHead(const float* from, uint16_t* to, int pitch);
  void storeHead(const float* from, float* to, int pitch);
  void runProduct(const Command& product, int chunk, int rows);
  void attend(const Command& command, const AttentionChunk& chunk, int worker);
  void flush(QueryTile& tile, const Command& command, int worker);
  float* row(int slot, int row);

  const Kernels& kernels_;
  const bool fine_;
  Team team_;
  std::vector<PackedMatrix> packed_;
  std::vector<Matrix> matrices_;
  std::vector<Memory<float>> vectors_;
  std::vector<int> vectorLengths_;
  Program program_{};
  KvSizes kv_{};
  std::vector<Slot> slots_;
  std::vector<Memory<uint8_t>> pageMemory_;
  std::vector<Memory<uint16_t>> scaleMemory_;
  std::vector<Pages> pages_;

  const StepView* step_ = nullptr;
  std::vector<const float*> cosines_, sines_;  // of each rotation
  std::vector<int> sliceOfRow_;
  std::vector<char> adapterAsked_;  // whether a row of the step asks for it
  std::vector<AttentionChunk> attentionChunks_;
  std::vector<Memory<float>> scores_;  // of each worker
  size_t scoreCapacity_ = 0;
  std::vector<int> greatest_;
  Cut cut_{};
};

}  // namespace chasqui
