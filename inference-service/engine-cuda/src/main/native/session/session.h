// A program with its weights, activations and KV memory on one device.
#pragma once

#include <array>
#include <map>
#include <memory>
#include <vector>

#include "session/memory.h"
#include "session/program.h"
#include "session/step.h"
#include "session/upload.h"

namespace chasqui::cuda {

/// A stream of a device, with an owner. Making it binds the calling thread to the device.
class OwnedStream {
 public:
  explicit OwnedStream(int device) {
    require(useDevice(device), "the device cannot be opened");
    require(makeStream(&stream_), "a stream cannot be made");
  }
  ~OwnedStream() { dropStream(stream_); }
  OwnedStream(const OwnedStream&) = delete;
  OwnedStream& operator=(const OwnedStream&) = delete;
  Stream get() const { return stream_; }

 private:
  Stream stream_ = nullptr;
};

/// Belongs to one thread at a time. Any method may throw DeviceFailure.
class Session {
 public:
  explicit Session(int device);
  ~Session();

  /// Makes room for a matrix; returns its index.
  int addMatrix(Stored stored, int rows, int columns);
  void fillMatrix(int matrix, int firstRow, int rows, const unsigned char* bytes, size_t size);
  /// Copies a vector of gains, biases or a matrix of an adapter; returns its index.
  int addVector(const float* values, size_t count);
  /// Says what run() computes. Called once, behind all matrices and vectors.
  void setProgram(const ProgramCode& code);

  /// Computes a step that Java wrote; its logits are handed out.
  void run(const int* words, size_t count);
  /// Computes a step that Java wrote; `best()` has a token of each of its logit rows, or kNoToken.
  void runGreedy(const int* words, size_t count);
  const int* best() const { return hostBest_.as<int>(); }

  /// The result of the last step, float32 [logit rows, vocabulary], until the next one.
  const float* logits() const { return hostLogits_.as<float>(); }
  int logitRows() const { return wantedLogitRows_; }
  int vocabularySize() const { return program_.width(program_.logits); }
  /// How many launches of graphs there were, for tests and benchmarks.
  long graphLaunches() const { return graphLaunches_; }

 private:
  struct Captured {
    Graph graph = nullptr;
    int seen = 0;
  };
  using Key = std::array<int, 9>;

  void bind() const;
  StepShape compute(const int* words, size_t count);
  void makeKv();
  void uploadTerms();
  void grow(const StepShape& shape, const StepLayout& layout);
  bool growRows(const StepShape& shape);
  bool growScratch(const StepShape& shape);
  void runDecode(const StepShape& shape, const StepLayout& layout);
  void capture(const StepShape& shape, const StepLayout& layout, Captured& captured);
  void launchAll(const StepShape& shape, const StepLayout& layout);
  void copyLogits(const StepShape& shape);
  void dropGraphs();

  Error launch(const Command& c, const StepShape& shape, const StepLayout& layout, size_t index);
  Error launchRotate(const Command& c, const StepShape& shape, const StepLayout& layout);
  Error launchAttend(const Command& c, const StepShape& shape, const StepLayout& layout);
  Error launchLowRank(const Command& c, const StepShape& shape, const StepLayout& layout, size_t index);

  Rows rows(int slot) const;
  int rowsOf(int slot, const StepShape& shape) const {
    return program_.ofLogitRows(slot) ? shape.logitRows : shape.rows;
  }
  const Matrix& matrix(const Command& c) const { return matrices_[static_cast<size_t>(c.matrix)]; }
  const float* vector(int index) const { return vectors_[static_cast<size_t>(index)].as<float>(); }
  KvLayer kv(int layer) const;
  StepRows stepRows(const StepShape& shape, const StepLayout& layout) const;
  const int* at(size_t words) const { return deviceStep_.as<int>() + words; }

  int device_;
  OwnedStream stream_;
  std::unique_ptr<Upload> upload_;
  std::vector<Matrix> matrices_;
  std::vector<DeviceMemory> matrixMemory_;
  std::vector<DeviceMemory> vectors_;
  std::vector<size_t> vectorLengths_;

  Program program_{};
  std::vector<DeviceMemory> buffers_;
  DeviceMemory kvMemory_;
  size_t kvLayerBytes_ = 0;
  std::vector<DeviceMemory> terms_;  // LowRankPart of each adapter, of each command
  int rowCapacity_ = 0;
  int logitRowCapacity_ = 0;

  DeviceMemory deviceStep_;
  PinnedMemory hostStep_;
  PinnedMemory hostLogits_;
  DeviceMemory projectScratch_, attendScratch_, between_, best_;
  PinnedMemory hostBest_;
  int wantedLogitRows_ = 0;

  std::map<Key, Captured> graphs_;
  bool canCapture_ = true;
  long graphLaunches_ = 0;
};

}  // namespace chasqui::cuda
