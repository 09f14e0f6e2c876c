// Runs the threads of a block as coroutines.
#include <sys/mman.h>

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <unistd.h>
#include <vector>

#ifndef __x86_64__
#include <ucontext.h>
#endif

#include "emulated/cuda_words.h"
#include "emulated/device.h"
#include "emulated/launch.h"

#ifdef __x86_64__
extern "C" __attribute__((visibility("hidden"))) void chasquiSwitchStack(void** save, void* take);
asm(R"(
.text
.globl chasquiSwitchStack
.hidden chasquiSwitchStack
.type chasquiSwitchStack,@function
chasquiSwitchStack:
  pushq %rbp
  pushq %rbx
  pushq %r12
  pushq %r13
  pushq %r14
  pushq %r15
  movq %rsp, (%rdi)
  movq %rsi, %rsp
  popq %r15
  popq %r14
  popq %r13
  popq %r12
  popq %rbx
  popq %rbp
  ret
.size chasquiSwitchStack,.-chasquiSwitchStack
)");
#endif

namespace chasqui::cuda::emulated {

namespace {

constexpr size_t kStackBytes = 128 * 1024;
constexpr int kMostThreads = 1024;
constexpr uint8_t kPoison = 0xff;  // NaN in every floating-point type
constexpr uint8_t kCanary = 0xa5;

enum class State { kRunnable, kAtWarp, kAtBlock, kDone };

struct Copy {
  void* to;
  const void* from;
  bool valid;
};

struct Thread {
  State state;
  Meeting meeting;
  bool afterPrevious;
  std::vector<std::vector<Copy>> groups;  // committed; the newest last
  std::vector<Copy> open;
#ifdef __x86_64__
  void* stack;
#else
  ucontext_t context;
#endif
};

struct Warp {
  int arrived;
  int parity;
  alignas(16) uint8_t brought[2][kWarpLanes * kBrought];
};

struct Block {
  std::string kernel;
  int threads = 0;
  int current = 0;
  const std::function<void()>* body = nullptr;
  std::vector<Thread> all = std::vector<Thread>(kMostThreads);
  std::vector<Warp> warps = std::vector<Warp>(kMostThreads / kWarpLanes);
  uint8_t* stacks = nullptr;
  uint8_t* shared = nullptr;
  size_t sharedBytes = 0;
#ifdef __x86_64__
  void* scheduler = nullptr;
#else
  ucontext_t scheduler;
#endif
};

thread_local Block* running = nullptr;
Order order = Order::kForward;

[[noreturn]] void fail(const std::string& what) {
  std::fprintf(stderr, "emulated device: %s in block (%u, %u, %u), thread %d of %d, kernel %s\n",
               what.c_str(), blockIdx.x, blockIdx.y, blockIdx.z, running->current, running->threads,
               running->kernel.c_str());
  std::abort();
}

void toScheduler() {
  Thread& self = running->all[static_cast<size_t>(running->current)];
#ifdef __x86_64__
  chasquiSwitchStack(&self.stack, running->scheduler);
#else
  swapcontext(&self.context, &running->scheduler);
#endif
}

void enter() {
  (*running->body)();
  Thread& self = running->all[static_cast<size_t>(running->current)];
  if (!self.open.empty()) fail("a thread ends with copies that it did not commit");
  if (!self.afterPrevious) fail("a thread ends without afterPrevious()");
  self.state = State::kDone;
  toScheduler();
  std::abort();
}

void prepare(Block& block, int index) {
  Thread& thread = block.all[static_cast<size_t>(index)];
  thread.state = State::kRunnable;
  thread.afterPrevious = false;
  thread.groups.clear();
  thread.open.clear();
  uint8_t* stack = block.stacks + static_cast<size_t>(index) * kStackBytes;
#ifdef __x86_64__
  void** top = reinterpret_cast<void**>(stack + kStackBytes - 64);
  top[0] = reinterpret_cast<void*>(&enter);  // enter() finds the stack as after a call
  thread.stack = top - 6;
#else
  getcontext(&thread.context);
  thread.context.uc_stack.ss_sp = stack;
  thread.context.uc_stack.ss_size = kStackBytes;
  thread.context.uc_link = nullptr;
  makecontext(&thread.context, &enter, 0);
#endif
}

void resume(Block& block, int index) {
  block.current = index;
  threadIdx = dim3(static_cast<unsigned>(index), 0, 0);
#ifdef __x86_64__
  chasquiSwitchStack(&block.scheduler, block.all[static_cast<size_t>(index)].stack);
#else
  swapcontext(&block.scheduler, &block.all[static_cast<size_t>(index)].context);
#endif
}

int ordered(int i, int count) { return order == Order::kForward ? i : count - 1 - i; }

/// Runs the lanes of a warp until none can go on.
void runWarp(Block& block, int warp) {
  for (bool any = true; any;) {
    any = false;
    for (int i = 0; i < kWarpLanes; i++) {
      const int index = warp * kWarpLanes + ordered(i, kWarpLanes);
      if (block.all[static_cast<size_t>(index)].state != State::kRunnable) continue;
      any = true;
      resume(block, index);
    }
  }
}

int count(const Block& block, State state) {
  int n = 0;
  for (int i = 0; i < block.threads; i++) n += block.all[static_cast<size_t>(i)].state == state;
  return n;
}

void runThreads(Block& block) {
  for (;;) {
    for (int w = 0; w < block.threads / kWarpLanes; w++) {
      runWarp(block, ordered(w, block.threads / kWarpLanes));
    }
    if (count(block, State::kDone) == block.threads) return;
    if (count(block, State::kAtBlock) != block.threads) {
      fail("threads part: " + std::to_string(count(block, State::kAtBlock)) + " at __syncthreads, " +
           std::to_string(count(block, State::kAtWarp)) + " at a warp operation, " +
           std::to_string(count(block, State::kDone)) + " ended");
    }
    for (int i = 0; i < block.threads; i++) block.all[static_cast<size_t>(i)].state = State::kRunnable;
  }
}

void* mapped(size_t bytes) {
  void* memory = mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (memory == MAP_FAILED) std::abort();
  return memory;
}

Block& ownBlock() {
  static thread_local Block* block = nullptr;
  if (block == nullptr) {
    block = new Block;
    block->stacks = static_cast<uint8_t*>(mapped(kMostThreads * kStackBytes));
    block->shared = static_cast<uint8_t*>(mapped(kMostSharedBytes + kCanaryBytes));
  }
  return *block;
}

}  // namespace

void setOrder(Order next) { order = next; }

const char* runningKernel() { return running == nullptr ? nullptr : running->kernel.c_str(); }

void runGrid(const char* kernel, dim3 grid, int threads, size_t sharedBytes,
             const std::function<void()>& body) {
  Block& block = ownBlock();
  running = &block;
  block.kernel = kernel;
  block.threads = threads;
  block.body = &body;
  block.sharedBytes = sharedBytes;
  gridDim = grid;
  blockDim = dim3(static_cast<unsigned>(threads));
  for (unsigned z = 0; z < grid.z; z++) {
    for (unsigned y = 0; y < grid.y; y++) {
      for (unsigned x = 0; x < grid.x; x++) {
        blockIdx = dim3(x, y, z);
        std::memset(block.shared, kPoison, sharedBytes);
        std::memset(block.shared + sharedBytes, kCanary, kCanaryBytes);
        for (Warp& warp : block.warps) warp.arrived = 0;
        for (int i = 0; i < threads; i++) prepare(block, i);
        runThreads(block);
        for (size_t i = 0; i < kCanaryBytes; i++) {
          if (block.shared[sharedBytes + i] != kCanary) fail("a write behind shared memory");
        }
      }
    }
  }
  running = nullptr;
}

uint8_t* sharedMemory() { return running->shared; }

void checkShared(const void* p, size_t bytes) {
  const auto* at = static_cast<const uint8_t*>(p);
  if (at < running->shared || at + bytes > running->shared + running->sharedBytes ||
      (at - running->shared) % 16 != 0) {
    fail("an address that is not in shared memory, or not a multiple of 16");
  }
}

void meetBlock() {
  running->all[static_cast<size_t>(running->current)].state = State::kAtBlock;
  toScheduler();
}

const uint8_t* meetWarp(Meeting meeting, const void* brought, int bytes) {
  const int self = running->current;
  Warp& warp = running->warps[static_cast<size_t>(self / kWarpLanes)];
  const int first = self / kWarpLanes * kWarpLanes;
  const int parity = warp.parity;
  Thread& thread = running->all[static_cast<size_t>(self)];
  for (int i = first; i < first + kWarpLanes; i++) {
    const Thread& other = running->all[static_cast<size_t>(i)];
    if (other.state == State::kAtWarp && other.meeting != meeting) fail("lanes meet at different operations");
  }
  thread.meeting = meeting;
  if (bytes > 0) std::memcpy(warp.brought[parity] + self % kWarpLanes * kBrought, brought, static_cast<size_t>(bytes));
  if (++warp.arrived < kWarpLanes) {
    thread.state = State::kAtWarp;
    toScheduler();
  } else {
    warp.arrived = 0;
    warp.parity ^= 1;
    for (int i = first; i < first + kWarpLanes; i++) {
      Thread& other = running->all[static_cast<size_t>(i)];
      if (other.state == State::kAtWarp) other.state = State::kRunnable;
    }
  }
  return warp.brought[parity];
}

// ---- asynchronous copies: done as late as allowed, so that a missing wait reads poison -----------

void copyAsync16(void* shared, const void* global, bool valid) {
  checkShared(shared, 16);
  if (valid && reinterpret_cast<uintptr_t>(global) % 16 != 0) fail("a copy of 16 bytes from an unaligned address");
  running->all[static_cast<size_t>(running->current)].open.push_back({shared, global, valid});
}

void afterPrevious() { running->all[static_cast<size_t>(running->current)].afterPrevious = true; }

void commitCopies() {
  Thread& self = running->all[static_cast<size_t>(running->current)];
  self.groups.push_back(std::move(self.open));
  self.open.clear();
}

void waitForCopies(int pending) {
  Thread& self = running->all[static_cast<size_t>(running->current)];
  while (static_cast<int>(self.groups.size()) > pending) {
    for (const Copy& copy : self.groups.front()) {
      if (copy.valid) {
        std::memcpy(copy.to, copy.from, 16);
      } else {
        std::memset(copy.to, 0, 16);
      }
    }
    self.groups.erase(self.groups.begin());
  }
}

// ---- numbers --------------------------------------------------------------------------------------

float halfToFloat(uint16_t bits) {
  const uint32_t sign = static_cast<uint32_t>(bits & 0x8000) << 16;
  const uint32_t exponent = bits >> 10 & 31, fraction = bits & 1023;
  if (exponent == 31) return std::bit_cast<float>(sign | 0x7f800000 | fraction << 13);
  if (exponent != 0) return std::bit_cast<float>(sign | (exponent + 112) << 23 | fraction << 13);
  const float value = std::ldexp(static_cast<float>(fraction), -24);
  return sign != 0 ? -value : value;
}

uint16_t floatToHalf(float value) {
  const uint32_t bits = std::bit_cast<uint32_t>(value);
  const uint16_t sign = static_cast<uint16_t>(bits >> 16 & 0x8000);
  if (std::isnan(value)) return static_cast<uint16_t>(sign | 0x7fff);
  const float magnitude = std::fabs(value);
  if (magnitude >= 65520.0f) return static_cast<uint16_t>(sign | 0x7c00);
  if (magnitude < 0x1p-14f) return static_cast<uint16_t>(sign | static_cast<uint16_t>(std::nearbyint(std::ldexp(magnitude, 24))));
  const uint32_t shifted = std::bit_cast<uint32_t>(magnitude) - (112u << 23);
  return static_cast<uint16_t>(sign | (shifted + 0xfff + (shifted >> 13 & 1)) >> 13);
}

/// OCP 8-bit floating point: bias 7, no infinity, NaN where exponent and fraction are all ones.
float e4m3ToFloat(uint8_t bits) {
  const int exponent = bits >> 3 & 15, fraction = bits & 7;
  if ((bits & 127) == 127) return std::nanf("");
  const float magnitude = exponent == 0 ? std::ldexp(static_cast<float>(fraction), -9)
                                        : std::ldexp(static_cast<float>(8 + fraction), exponent - 10);
  return bits & 128 ? -magnitude : magnitude;
}

/// To the nearest, ties to even; what is greater than 448 becomes 448, as cuda_fp8.h does.
uint8_t floatToE4m3(float value) {
  const auto sign = static_cast<uint8_t>(std::signbit(value) ? 128 : 0);
  if (std::isnan(value)) return static_cast<uint8_t>(sign | 127);
  const float magnitude = std::fabs(value);
  if (magnitude >= 448.0f) return static_cast<uint8_t>(sign | 126);
  int exponent = 0;
  std::frexp(magnitude, &exponent);
  const int unit = std::max(exponent - 1, -6) - 3;  // of the fraction's last bit
  const auto steps = static_cast<int>(std::nearbyint(std::ldexp(magnitude, -unit)));
  // steps of 8 to 15 are the fraction behind a one; 16 carries into the exponent by itself
  return static_cast<uint8_t>(sign | (steps < 8 ? steps : (unit + 10) * 8 + steps - 8));
}

uint16_t floatToBf16(float value) {
  const uint32_t bits = std::bit_cast<uint32_t>(value);
  if (std::isnan(value)) return 0x7fff;
  return static_cast<uint16_t>((bits + 0x7fff + (bits >> 16 & 1)) >> 16);
}

}  // namespace chasqui::cuda::emulated
