// What the products of a program read first, for threads that have nothing else to do.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "program.h"

namespace chasqui {

/// While one thread norms a row, or the last chunk of a stage runs, memory and the other threads idle.
/// They ask for the weights that they will multiply with next, so that these come out of the cache.
/// Does not change once it is made; read by all threads.
class Ahead {
 public:
  /// Of nothing.
  Ahead() = default;
  Ahead(const std::vector<Stage>& stages, const std::vector<Matrix>& matrices, int threads);

  /// Asks for the next bytes of what a worker reads in the first product behind a stage, `from` how
  /// many it has asked for already; returns how many it asks for now, 0 where there are no more.
  size_t fetch(int stage, int worker, size_t from) const;

  /// Returns the first product behind a stage, or -1.
  int nextProduct(int stage) const;

 private:
  struct Run {
    const uint8_t* bytes;
    size_t count;
  };

  Run runOf(const Command& product, const std::vector<Matrix>& matrices, int worker) const;

  int threads_ = 0;
  std::vector<int> nextProduct_;  // of each stage
  std::vector<Run> runs_;         // [stage, worker]
};

}  // namespace chasqui
