// The runtime of the emulated device: everything runs at once on the calling thread; a captured graph
// is the list of calls. Device memory begins poisoned, lies between pages that must not be touched, and
// is checked for writes into the gap behind it when it is released.
#include "device/runtime.h"

#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <map>
#include <mutex>
#include <vector>

#include "emulated/device.h"
#include "emulated/launch.h"

struct CUstream_st {
  bool capturing = false;
  std::vector<std::function<void()>> recorded;
};
struct CUevent_st {
  std::chrono::steady_clock::time_point at;
  bool recorded = false;
};
struct CUgraphExec_st {
  std::vector<std::function<void()>> calls;
};

namespace chasqui::cuda {

namespace {

constexpr size_t kPage = 4096;
constexpr size_t kAlignment = 256;
constexpr uint8_t kPoison = 0xff;
constexpr uint8_t kCanary = 0xa5;
constexpr Error kNotReady = 600;
constexpr Error kInvalidDevice = 101;
constexpr Error kUnspecifiedLaunch = 719;
constexpr Error kCaptureInvalid = 901;

struct Allocation {
  uint8_t* mapping;
  size_t mappedBytes;
  size_t bytes;
};

std::mutex mutex;
std::map<void*, Allocation> allocations;
size_t memoryBytes = size_t{16} << 30;
size_t sharedLimit = emulated::kMostSharedBytes;
size_t usedBytes = 0;
long launched = 0;
long failAt = -1;
Error failure = kOk;
Error stuck = kOk;
Error last = kOk;

size_t roundUp(size_t n, size_t to) { return (n + to - 1) / to * to; }

/// Runs now or is recorded.
Error enqueue(Stream stream, std::function<void()> call) {
  if (stuck != kOk) return stuck;
  if (stream != nullptr && stream->capturing) {
    stream->recorded.push_back(std::move(call));
    return kOk;
  }
  call();
  return stuck;
}

/// Whether a kernel may run; notes the failure that was asked for.
bool passes() {
  launched++;
  if (failAt < 0 || launched <= failAt) return stuck == kOk;
  last = failure;
  if (isSticky(failure)) stuck = failure;
  failAt = -1;
  return false;
}

}  // namespace

namespace emulated {

void setMemoryBytes(size_t bytes) { memoryBytes = bytes; }
void setSharedBytes(size_t bytes) { sharedLimit = std::min(bytes, kMostSharedBytes); }
size_t allocatedBytes() { return usedBytes; }
long launches() { return launched; }

void failAfter(long count, Error error) {
  failAt = error == kOk ? -1 : launched + count;
  failure = error;
  stuck = kOk;
  last = kOk;
}

Error launch(const char* kernel, dim3 grid, int threads, size_t sharedBytes, Stream stream,
             std::function<void()> body) {
  if (threads < 1 || threads > 1024 || threads % kWarpLanes != 0 || sharedBytes > sharedLimit ||
      grid.x == 0 || grid.y == 0 || grid.z == 0 || grid.y > 65535 || grid.z > 65535) {
    return kInvalidValue;
  }
  const Error enqueued = enqueue(stream, [=] {
    if (passes()) runGrid(kernel, grid, threads, sharedBytes, body);
  });
  return enqueued != kOk ? enqueued : std::exchange(last, kOk);
}

namespace {
void onFault(int, siginfo_t* fault, void*) {
  const char* kernel = runningKernel();
  std::fprintf(stderr, "emulated device: a bad address %p in block (%u, %u, %u), thread %u, kernel %s\n",
               fault->si_addr, blockIdx.x, blockIdx.y, blockIdx.z, threadIdx.x, kernel ? kernel : "none");
  std::_Exit(139);
}
}  // namespace

void reportFaults() {
  static uint8_t stack[64 * 1024];
  stack_t alternate{};
  alternate.ss_sp = stack;
  alternate.ss_size = sizeof stack;
  sigaltstack(&alternate, nullptr);
  struct sigaction action{};
  action.sa_sigaction = onFault;
  action.sa_flags = SA_SIGINFO | SA_ONSTACK;
  sigaction(SIGSEGV, &action, nullptr);
  sigaction(SIGBUS, &action, nullptr);
}

}  // namespace emulated

const char* errorName(Error error) {
  switch (error) {
    case kOk: return "cudaSuccess";
    case kInvalidValue: return "cudaErrorInvalidValue";
    case kOutOfMemory: return "cudaErrorMemoryAllocation";
    case kInvalidDevice: return "cudaErrorInvalidDevice";
    case kNotReady: return "cudaErrorNotReady";
    case 700: return "cudaErrorIllegalAddress";
    case kUnspecifiedLaunch: return "cudaErrorLaunchFailure";
    case kCaptureInvalid: return "cudaErrorStreamCaptureInvalidated";
    default: return "cudaErrorUnknown";
  }
}

const char* errorText(Error error) {
  switch (error) {
    case kOk: return "no error";
    case kInvalidValue: return "invalid argument";
    case kOutOfMemory: return "out of memory";
    case kInvalidDevice: return "invalid device ordinal";
    case 700: return "an illegal memory access was encountered";
    case kUnspecifiedLaunch: return "unspecified launch failure";
    case kCaptureInvalid: return "operation failed due to a previous error during capture";
    default: return "unknown error";
  }
}

bool isSticky(Error error) { return error >= 700 && error <= 720; }

Error runtimeVersion(int* version) { *version = 13000; return kOk; }
Error driverVersion(int* version) { *version = 13000; return kOk; }
Error deviceCount(int* count) { *count = 1; return stuck; }

Error describe(int device, Device* out) {
  if (device != 0) return kInvalidDevice;
  *out = Device{"emulated device", "GPU-00000000-0000-0000-0000-000000000000", "0000:00:00.0", 9, 0, 4,
                memoryBytes, size_t{50} << 20, static_cast<int>(sharedLimit)};
  return stuck;
}

Error useDevice(int device) { return device == 0 ? stuck : kInvalidDevice; }
Error freeMemory(size_t* freeBytes, size_t* totalBytes) {
  *totalBytes = memoryBytes;
  *freeBytes = memoryBytes > usedBytes ? memoryBytes - usedBytes : 0;
  return stuck;
}
Error synchronizeDevice() { return stuck; }
Error lastError() { return stuck != kOk ? stuck : std::exchange(last, kOk); }

Error allocate(void** out, size_t bytes) {
  if (stuck != kOk) return stuck;
  const std::lock_guard<std::mutex> lock(mutex);
  if (usedBytes + bytes > memoryBytes) return kOutOfMemory;
  const size_t body = roundUp(bytes, kAlignment);
  const size_t mappedBytes = roundUp(body, kPage) + 2 * kPage;
  auto* mapping = static_cast<uint8_t*>(
      mmap(nullptr, mappedBytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));
  if (mapping == MAP_FAILED) return kOutOfMemory;
  uint8_t* guard = mapping + mappedBytes - kPage;
  mprotect(mapping, kPage, PROT_NONE);
  mprotect(guard, kPage, PROT_NONE);
  uint8_t* memory = guard - body;
  std::memset(memory, kPoison, bytes);
  std::memset(memory + bytes, kCanary, body - bytes);
  allocations[memory] = {mapping, mappedBytes, bytes};
  usedBytes += bytes;
  *out = memory;
  return kOk;
}

Error release(void* memory) {
  if (memory == nullptr) return kOk;
  const std::lock_guard<std::mutex> lock(mutex);
  const auto found = allocations.find(memory);
  if (found == allocations.end()) return kInvalidValue;
  const Allocation& allocation = found->second;
  const auto* behind = static_cast<uint8_t*>(memory) + allocation.bytes;
  for (size_t i = 0; i < roundUp(allocation.bytes, kAlignment) - allocation.bytes; i++) {
    if (behind[i] != kCanary) {
      std::fprintf(stderr, "emulated device: a write %zu bytes behind an allocation of %zu\n", i, allocation.bytes);
      std::abort();
    }
  }
  munmap(allocation.mapping, allocation.mappedBytes);
  usedBytes -= allocation.bytes;
  allocations.erase(found);
  return stuck;
}

Error allocatePinned(void** out, size_t bytes) {
  *out = std::aligned_alloc(kAlignment, roundUp(bytes, kAlignment));
  return *out == nullptr ? kOutOfMemory : stuck;
}
Error releasePinned(void* memory) {
  std::free(memory);
  return stuck;
}

Error copy(void* to, const void* from, size_t bytes, Stream stream) {
  return enqueue(stream, [=] { std::memmove(to, from, bytes); });
}
Error fill(void* to, int byte, size_t bytes, Stream stream) {
  return enqueue(stream, [=] { std::memset(to, byte, bytes); });
}

Error makeStream(Stream* out) { *out = new CUstream_st; return stuck; }
Error dropStream(Stream stream) { delete stream; return stuck; }
Error synchronize(Stream) { return stuck; }

Error makeEvent(Event* out, bool) { *out = new CUevent_st; return stuck; }
Error dropEvent(Event event) { delete event; return stuck; }
Error record(Event event, Stream stream) {
  return enqueue(stream, [=] {
    event->at = std::chrono::steady_clock::now();
    event->recorded = true;
  });
}
Error wait(Stream, Event) { return stuck; }
Error synchronize(Event) { return stuck; }
Error milliseconds(float* out, Event from, Event to) {
  if (!from->recorded || !to->recorded) return kNotReady;
  *out = std::chrono::duration<float, std::milli>(to->at - from->at).count();
  return stuck;
}

Error beginCapture(Stream stream) {
  if (stream == nullptr || stream->capturing) return kCaptureInvalid;
  stream->capturing = true;
  stream->recorded.clear();
  return stuck;
}
Error endCapture(Stream stream, Graph* out) {
  if (stream == nullptr || !stream->capturing) return kCaptureInvalid;
  stream->capturing = false;
  *out = new CUgraphExec_st{std::move(stream->recorded)};
  stream->recorded.clear();
  return stuck;
}
Error launch(Graph graph, Stream stream) {
  for (const std::function<void()>& call : graph->calls) {
    const Error error = enqueue(stream, call);
    if (error != kOk) return error;
  }
  return std::exchange(last, kOk);
}
Error dropGraph(Graph graph) { delete graph; return stuck; }

}  // namespace chasqui::cuda
