// The emulated device itself: that it finds what it is there to find.
#include <sys/wait.h>
#include <unistd.h>

#include "check.h"

namespace chasqui::cuda::test {

namespace {

using namespace device;

/// Whether a call ends the process with a message; it runs in a child.
template <class Call>
bool dies(Call call) {
  std::fflush(nullptr);
  const pid_t child = fork();
  if (child == 0) {
    if (std::freopen("/dev/null", "w", stderr) == nullptr) std::_Exit(0);
    call();
    std::_Exit(0);
  }
  int status = 0;
  waitpid(child, &status, 0);
  return !WIFEXITED(status) || WEXITSTATUS(status) != 0;
}

__global__ void parting(int* out) {
  afterPrevious();
  if (threadIdx.x < 5) __syncthreads();
  out[threadIdx.x] = 1;
}
__global__ void meetingDifferently(int* out) {
  afterPrevious();
  const int lane = static_cast<int>(threadIdx.x);
  out[lane] = lane < 16 ? __shfl_xor_sync(kAllLanes, lane, 1) : static_cast<int>(__ballot_sync(kAllLanes, lane));
}
__global__ void writingBehind(int* out) {
  afterPrevious();
  out[blockIdx.x] = 1; }
__global__ void readingWithoutWaiting(const uint4* in, uint32_t* out) {
  afterPrevious();
  copyAsync16(sharedMemory() + 16 * threadIdx.x, in + threadIdx.x, true);
  commitCopies();
  out[threadIdx.x] = reinterpret_cast<const uint4*>(sharedMemory())[threadIdx.x].x;
}
__global__ void racing(int* out) {
  afterPrevious();
  auto* shared = reinterpret_cast<int*>(sharedMemory());
  shared[threadIdx.x] = static_cast<int>(threadIdx.x);
  // no barrier
  out[threadIdx.x] = shared[(threadIdx.x + 1) % 64];
}
__global__ void adding(int* to, int term) {
  afterPrevious();
  __syncthreads();
  to[blockIdx.x * blockDim.x + threadIdx.x] += term;
}

__global__ void early(int* to) { to[threadIdx.x] = 1; }

}  // namespace

TEST(refusesKernelsThatDoNotWaitForTheOneBefore) {
  check(dies([] {
    const Buffer<int> out(32);
    launchKernel(early, dim3(1), 32, 0, nullptr, out.get());
  }), "a kernel without afterPrevious()");
}

TEST(findsThreadsThatPart) {
  check(dies([] { launchKernel(parting, dim3(1), 64, 0, nullptr, static_cast<int*>(Buffer<int>(64).get())); }), "at a barrier");
  check(dies([] {
    const Buffer<int> out(32);
    launchKernel(meetingDifferently, dim3(1), 32, 0, nullptr, out.get());
  }), "at warp operations");
}

TEST(findsWritesBehindAnAllocation) {
  check(dies([] {
    const Buffer<int> out(4);
    launchKernel(writingBehind, dim3(100000), 32, 0, nullptr, out.get());
  }), "far behind");
  check(dies([] {
    const Buffer<int> out(4);
    launchKernel(writingBehind, dim3(6), 32, 0, nullptr, out.get());
  }), "just behind");
}

TEST(showsCopiesThatNobodyWaitedFor) {
  const Buffer<uint4> in(std::vector<uint4>(32, uint4{7, 7, 7, 7}));
  const Buffer<uint32_t> out(32);
  checkOk(launchKernel(readingWithoutWaiting, dim3(1), 32, 512, nullptr, static_cast<const uint4*>(in.get()), out.get()), "launch");
  check(out.host()[3] == 0xffffffffu, "shared memory is still poisoned");
}

TEST(showsRacesInOneOfItsOrders) {
  std::vector<int> results[2];
  for (int i = 0; i < 2; i++) {
    emulated::setOrder(i == 0 ? emulated::Order::kForward : emulated::Order::kBackward);
    const Buffer<int> out(64);
    checkOk(launchKernel(racing, dim3(1), 64, 256, nullptr, out.get()), "launch");
    results[i] = out.host();
  }
  check(results[0] != results[1], "the orders give different results");
}

TEST(refusesLaunchesThatADeviceWouldRefuse) {
  const Buffer<int> out(4);
  check(launchKernel(adding, dim3(0), 32, 0, nullptr, out.get(), 1) == kInvalidValue, "no blocks");
  check(launchKernel(adding, dim3(1), 2048, 0, nullptr, out.get(), 1) == kInvalidValue, "2048 threads");
  check(launchKernel(adding, dim3(1), 32, 300 * 1024, nullptr, out.get(), 1) == kInvalidValue, "300 KiB of shared memory");
}

TEST(recordsGraphsAndRunsThemAgain) {
  const Buffer<int> out(std::vector<int>(64, 0));
  Stream stream = nullptr;
  Graph graph = nullptr;
  checkOk(makeStream(&stream), "stream");
  checkOk(beginCapture(stream), "begin");
  checkOk(launchKernel(adding, dim3(2), 32, 0, stream, out.get(), 3), "launch");
  checkOk(launchKernel(adding, dim3(1), 32, 0, stream, out.get(), 5), "launch");
  checkOk(endCapture(stream, &graph), "end");
  check(out.host()[0] == 0, "nothing ran");
  for (int i = 0; i < 3; i++) checkOk(launch(graph, stream), "launch");
  check(out.host()[0] == 24 && out.host()[63] == 9, "three times");
  checkOk(dropGraph(graph), "drop");
  checkOk(dropStream(stream), "drop");
}

TEST(roundsNumbersToTheNearest) {
  const std::pair<float, float> e4m3[] = {{448, 448}, {1e9f, 448}, {-1.0f, -1.0f}, {1.0625f, 1.0f}, {1.1875f, 1.25f},
                                         {0.001953125f, 0.001953125f}, {0.0009765625f, 0}, {0.0029296875f, 0.00390625f}, {247, 240}, {15.9f, 16}};
  for (const auto& [from, to] : e4m3) {
    check(emulated::e4m3ToFloat(emulated::floatToE4m3(from)) == to, "e4m3 of " + std::to_string(from));
  }
  check(std::isnan(emulated::e4m3ToFloat(emulated::floatToE4m3(NAN))), "e4m3 of NaN");
  const std::pair<float, float> half[] = {{65504, 65504}, {65519, 65504}, {65520, INFINITY}, {1.00048828125f, 1.0f}, {1.00146484375f, 1.001953125f},
                                         {5.9604645e-8f, 5.9604645e-8f}, {2.9802322e-8f, 0}};
  for (const auto& [from, to] : half) {
    check(emulated::halfToFloat(emulated::floatToHalf(from)) == to, "half of " + std::to_string(from));
  }
  for (int bits = 0; bits < 65536; bits++) {
    const auto own = static_cast<uint16_t>(bits);
    const float value = emulated::halfToFloat(own);
    if (!std::isnan(value)) check(emulated::floatToHalf(value) == own, "half " + std::to_string(bits) + " there and back");
  }
}

TEST(failsAsItWasToldTo) {
  {
    const Buffer<int> out(std::vector<int>(32, 0));
    emulated::failAfter(1, 700);
    checkOk(launchKernel(adding, dim3(1), 32, 0, nullptr, out.get(), 1), "the first");
    check(launchKernel(adding, dim3(1), 32, 0, nullptr, out.get(), 1) == 700, "the second");
    check(synchronize(Stream{}) == 700 && isSticky(700), "every call after it");
    emulated::failAfter(0, kOk);
    check(out.host()[0] == 1, "one ran");
  }
  emulated::setMemoryBytes(emulated::allocatedBytes() + 1000);
  void* memory = nullptr;
  check(allocate(&memory, 2000) == kOutOfMemory, "out of memory");
  emulated::setMemoryBytes(size_t{16} << 30);
}

}  // namespace chasqui::cuda::test
