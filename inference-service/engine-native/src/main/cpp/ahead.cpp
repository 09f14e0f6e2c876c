#include "ahead.h"

#include <algorithm>

namespace chasqui {

namespace {

/// A part of the L2 cache: more would push out what was asked for first.
constexpr size_t kMostBytes = size_t{192} << 10;
/// Between two looks whether there is work.
constexpr size_t kSlice = 1024;
constexpr size_t kLine = 64;

}  // namespace

Ahead::Ahead(const std::vector<Stage>& stages, const std::vector<Matrix>& matrices, int threads)
    : threads_(threads), nextProduct_(stages.size(), -1) {
  int next = -1;
  for (size_t i = stages.size(); i-- > 0;) {
    nextProduct_[i] = next;
    // products of adapters are rare and small
    if (stages[i].kind == Stage::Kind::kProject && stages[i].commands[0].adapter < 0) next = static_cast<int>(i);
  }
  for (const Stage& stage : stages) {
    for (int worker = 0; worker < threads; worker++) {
      runs_.push_back(stage.kind == Stage::Kind::kProject ? runOf(stage.commands[0], matrices, worker)
                                                          : Run{nullptr, 0});
    }
  }
}

/// A worker begins with its share of the groups, counted over all matrices of the product.
Ahead::Run Ahead::runOf(const Command& product, const std::vector<Matrix>& matrices, int worker) const {
  int groups = 0;
  for (const Projection& p : product.projections) groups += matrices[static_cast<size_t>(p.matrix)].groups;
  int first = groups * worker / threads_;
  for (const Projection& p : product.projections) {
    const Matrix& matrix = matrices[static_cast<size_t>(p.matrix)];
    if (first < matrix.groups) {
      const size_t left = static_cast<size_t>(matrix.groups - first) * matrix.groupBytes;
      return {matrix.bytes + static_cast<size_t>(first) * matrix.groupBytes, std::min(left, kMostBytes)};
    }
    first -= matrix.groups;
  }
  return {nullptr, 0};
}

int Ahead::nextProduct(int stage) const {
  return stage < 0 || static_cast<size_t>(stage) >= nextProduct_.size() ? -1
                                                                        : nextProduct_[static_cast<size_t>(stage)];
}

size_t Ahead::fetch(int stage, int worker, size_t from) const {
  const int product = nextProduct(stage);
  if (product < 0) return 0;
  const Run& run = runs_[static_cast<size_t>(product * threads_ + worker)];
  const size_t end = std::min(run.count, from + kSlice);
  for (size_t at = from; at < end; at += kLine) __builtin_prefetch(run.bytes + at, 0, 2);
  return end > from ? end - from : 0;
}

}  // namespace chasqui
