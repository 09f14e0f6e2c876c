#include "measure.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <functional>
#include <vector>

#include "memory.h"
#include "pack.h"
#include "team.h"

namespace chasqui {

namespace {

constexpr int kRounds = 7;
/// Far more than caches hold.
constexpr size_t kReadBytes = size_t{256} << 20;
constexpr int kReadChunks = 256;
constexpr int kRows = 64;
constexpr int kOutputs = 256;
constexpr int kInputs = 512;
constexpr int kProducts = 512;

/// Equal chunks of one stage.
class Chunks final : public Work {
 public:
  Chunks(int count, std::function<void(int, int)> body)
      : count_(count), body_(std::move(body)) {}
  int chunks(int stage) override { return stage == 0 ? count_ : -1; }
  void run(int, int chunk, int worker) override { body_(chunk, worker); }

 private:
  int count_;
  std::function<void(int, int)> body_;
};

double medianSeconds(Team& team, Work& work) {
  std::vector<double> seconds;
  for (int round = 0; round <= kRounds; round++) {
    const auto start = std::chrono::steady_clock::now();
    team.run(work);
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
    if (round > 0) seconds.push_back(took.count());
  }
  std::nth_element(seconds.begin(), seconds.begin() + kRounds / 2, seconds.end());
  return seconds[kRounds / 2];
}

double readSpeed(const Kernels& kernels, Team& team) {
  Memory<uint8_t> memory = zeroed<uint8_t>(kReadBytes);
  std::atomic<uint64_t> sum{0};
  Chunks reading(kReadChunks, [&](int chunk, int) {
    constexpr size_t each = kReadBytes / kReadChunks;
    sum += kernels.readAll(memory.get() + static_cast<size_t>(chunk) * each, each);
  });
  return static_cast<double>(kReadBytes) / medianSeconds(team, reading) / 1e9;
}

double int8Speed(const Kernels& kernels, Team& team) {
  constexpr int blocks = kInputs / kBlock;
  constexpr size_t cells = static_cast<size_t>(kRows) * blocks;
  PackedMatrix packed = makeMatrix(Stored::kQ8Zero, kOutputs, kInputs);
  Memory<float> values = zeroed<float>(static_cast<size_t>(kRows) * kInputs);
  Memory<int8_t> quants = zeroed<int8_t>(cells * kBlock);
  Memory<float> scales = zeroed<float>(cells), sums = zeroed<float>(cells);
  Memory<int32_t> negSums = zeroed<int32_t>(cells), negHalves = zeroed<int32_t>(2 * cells);
  const Rows in{values.get(),  kInputs,        quants.get(),    nullptr, scales.get(),
                sums.get(),    negSums.get(),  negHalves.get(), blocks};
  constexpr size_t outs = static_cast<size_t>(kRows) * kOutputs;
  Memory<float> out = zeroed<float>(outs * static_cast<size_t>(team.threads()));
  Chunks products(kProducts, [&](int, int worker) {
    kernels.project(packed.matrix, 0, packed.matrix.groups, in, 0, kRows,
                    out.get() + static_cast<size_t>(worker) * outs, kOutputs);
  });
  const double ops = 2.0 * kRows * kOutputs * kInputs * kProducts;
  return ops / medianSeconds(team, products) / 1e9;
}

}  // namespace

Speed measure(const Kernels& kernels, int threads) {
  Team team(threads);
  return {readSpeed(kernels, team), int8Speed(kernels, team)};
}

}  // namespace chasqui
