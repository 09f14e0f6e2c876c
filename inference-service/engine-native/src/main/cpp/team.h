// The threads of one session.
#pragma once

#include <atomic>
#include <cstdint>
#include <thread>
#include <vector>

namespace chasqui {

/// Stages that follow each other; the chunks of a stage may run at the same time.
class Work {
 public:
  virtual ~Work() = default;
  /// Returns how many chunks a stage has, negative behind the last stage. Called once a stage, when
  /// all chunks before it are done.
  virtual int chunks(int stage) = 0;
  virtual void run(int stage, int chunk, int worker) = 0;
};

/// Threads that share out the chunks of one stage after another, together with the thread that calls
/// run(). Each begins with a run of neighbouring chunks of its own, so that it reads memory in one
/// stream and the next chunk it asks memory for is one it will run; who has none left takes from the
/// others. Whoever finishes the last chunk of a stage opens the next one at once, and runs it alone
/// where it is a single chunk: nobody waits for a thread that has no chunk, so a thread that the
/// system takes off its core does not hold the others up.
///
/// A thread without work spins for some microseconds, because the next stage is near, and then
/// parks. Owned by the one thread that calls run() and the destructor.
class Team {
 public:
  /// Starts threads - 1 threads.
  explicit Team(int threads);
  ~Team();
  Team(const Team&) = delete;
  Team& operator=(const Team&) = delete;

  int threads() const { return static_cast<int>(others_.size()) + 1; }

  /// Runs all stages and returns when all are done.
  void run(Work& work);

 private:
  // Epoch of the stage (32 bits), the end of this run of chunks (16) and the next one to take (16):
  // taking a chunk by compare-and-set proves that what was read of the stage before is still so.
  struct alignas(64) Share {
    std::atomic<uint64_t> ticket{0};
  };

  bool takeChunk(int worker);
  bool takeChunk(Share& share, int worker);
  bool isEmpty() const;
  void openNextStage(int worker);
  void workUntilClosed(int worker);
  template <class Busy>
  void waitWhile(Busy busy);
  void signal();

  std::vector<Share> shares_;  // one a thread
  uint32_t epoch_ = 0;         // of whoever opens a stage
  alignas(64) std::atomic<int> unfinished_{0};
  alignas(64) std::atomic<uint32_t> signals_{0};
  std::atomic<int> stage_{0};
  std::atomic<Work*> work_{nullptr};
  std::atomic<bool> finished_{true};
  std::atomic<bool> closed_{false};
  std::vector<std::thread> others_;
};

}  // namespace chasqui
