#include "team.h"

#include <chrono>
#include <stdexcept>
#include <string>

#if defined(__x86_64__) || defined(__i386__)
#include <immintrin.h>
#endif

namespace chasqui {

namespace {

constexpr auto kSpin = std::chrono::microseconds(40);
constexpr int kSpinsPerLook = 64;
constexpr uint64_t kField = 0xffff;

int nextOf(uint64_t ticket) { return static_cast<int>(ticket & kField); }
int endOf(uint64_t ticket) { return static_cast<int>(ticket >> 16 & kField); }

void pause() {
#if defined(__x86_64__) || defined(__i386__)
  _mm_pause();
#elif defined(__aarch64__)
  asm volatile("yield");
#endif
}

}  // namespace

Team::Team(int threads) : shares_(static_cast<size_t>(threads)) {
  try {
    for (int worker = 1; worker < threads; worker++) {
      others_.emplace_back([this, worker] { workUntilClosed(worker); });
    }
  } catch (...) {
    closed_ = true;
    signal();
    for (std::thread& other : others_) other.join();
    throw;
  }
}

Team::~Team() {
  closed_ = true;
  signal();
  for (std::thread& other : others_) other.join();
}

void Team::run(Work& work) {
  work_.store(&work, std::memory_order_relaxed);
  stage_.store(-1, std::memory_order_relaxed);
  finished_.store(false, std::memory_order_relaxed);
  openNextStage(0);
  while (!finished_.load(std::memory_order_acquire)) {
    if (!takeChunk(0)) {
      waitWhile([this] { return isEmpty() && !finished_.load(std::memory_order_acquire); });
    }
  }
}

void Team::workUntilClosed(int worker) {
  while (!closed_.load(std::memory_order_acquire)) {
    if (!takeChunk(worker)) {
      waitWhile([this] { return isEmpty() && !closed_.load(std::memory_order_acquire); });
    }
  }
}

bool Team::isEmpty() const {
  for (const Share& share : shares_) {
    const uint64_t ticket = share.ticket.load(std::memory_order_acquire);
    if (nextOf(ticket) < endOf(ticket)) return false;
  }
  return true;
}

/// Runs a chunk of the current stage, an own one where there is one; false if there is none.
bool Team::takeChunk(int worker) {
  const size_t count = shares_.size();
  for (size_t i = 0; i < count; i++) {
    if (takeChunk(shares_[(static_cast<size_t>(worker) + i) % count], worker)) return true;
  }
  return false;
}

bool Team::takeChunk(Share& share, int worker) {
  uint64_t ticket = share.ticket.load(std::memory_order_acquire);
  while (nextOf(ticket) < endOf(ticket)) {
    Work* work = work_.load(std::memory_order_relaxed);
    const int stage = stage_.load(std::memory_order_relaxed);
    if (share.ticket.compare_exchange_weak(ticket, ticket + 1, std::memory_order_acq_rel)) {
      work->run(stage, nextOf(ticket), worker);
      if (unfinished_.fetch_sub(1, std::memory_order_acq_rel) == 1) openNextStage(worker);
      return true;
    }
  }
  return false;
}

void Team::openNextStage(int worker) {
  Work* work = work_.load(std::memory_order_relaxed);
  for (int stage = stage_.load(std::memory_order_relaxed) + 1;; stage++) {
    const int chunks = work->chunks(stage);
    if (chunks < 0) {
      finished_.store(true, std::memory_order_release);
      signal();
      return;
    }
    if (chunks == 1) {
      work->run(stage, 0, worker);
    } else if (chunks > 1) {
      stage_.store(stage, std::memory_order_relaxed);
      unfinished_.store(chunks, std::memory_order_relaxed);
      const uint64_t epoch = ++epoch_;
      const uint64_t count = shares_.size();
      for (uint64_t i = 0; i < count; i++) {
        const uint64_t first = i * static_cast<uint64_t>(chunks) / count;
        const uint64_t end = (i + 1) * static_cast<uint64_t>(chunks) / count;
        shares_[i].ticket.store(epoch << 32 | end << 16 | first, std::memory_order_release);
      }
      signal();
      return;
    }
  }
}

void Team::signal() {
  signals_.fetch_add(1, std::memory_order_release);
  signals_.notify_all();
}

template <class Busy>
void Team::waitWhile(Busy idle) {
  const auto deadline = std::chrono::steady_clock::now() + kSpin;
  for (int spins = 1;; spins++) {
    if (!idle()) return;
    pause();
    if (spins % kSpinsPerLook == 0 && std::chrono::steady_clock::now() >= deadline) break;
  }
  while (true) {
    const uint32_t seen = signals_.load(std::memory_order_acquire);
    if (!idle()) return;
    signals_.wait(seen, std::memory_order_acquire);
  }
}

}  // namespace chasqui
