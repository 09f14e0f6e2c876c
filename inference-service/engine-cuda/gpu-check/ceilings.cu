// What a GPU can do at most, measured: bytes of a large copy within the device, and operations of a large
// bfloat16 product by cuBLAS (whose Gemm is cuBLASLt's), looked up at run time. Prints two lines:
//   copy_bytes_per_second N
//   matmul_flops_per_second N     (left out, with a reason on stderr, where there is no cuBLAS)
//   ceilings [libcublas.so]
#include <cuda_runtime.h>
#include <dlfcn.h>

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <vector>

namespace {

void require(cudaError_t error, const char* what) {
  if (error == cudaSuccess) return;
  std::fprintf(stderr, "ceilings: %s: %s\n", what, cudaGetErrorString(error));
  std::exit(1);
}

/// The median of timed runs, in seconds, after a few that are not.
double seconds(int runs, const std::function<void()>& body) {
  cudaEvent_t from, to;
  require(cudaEventCreate(&from), "event");
  require(cudaEventCreate(&to), "event");
  for (int i = 0; i < 3; i++) body();
  std::vector<float> times;
  for (int i = 0; i < runs; i++) {
    require(cudaEventRecord(from), "record");
    body();
    require(cudaEventRecord(to), "record");
    require(cudaEventSynchronize(to), "run");
    float milliseconds = 0;
    require(cudaEventElapsedTime(&milliseconds, from, to), "time");
    times.push_back(milliseconds);
  }
  std::sort(times.begin(), times.end());
  return times[times.size() / 2] / 1e3;
}

/// Random bfloat16 between -1 and 1: zeros would run faster than weights do.
__global__ void randomise(uint16_t* values, size_t count, uint32_t seed) {
  for (size_t i = blockIdx.x * size_t{blockDim.x} + threadIdx.x; i < count; i += size_t{gridDim.x} * blockDim.x) {
    uint32_t x = static_cast<uint32_t>(i) * 2654435761u + seed;
    x ^= x >> 16;
    x *= 0x85ebca6bu;
    x ^= x >> 13;
    const float value = static_cast<float>(x & 0xffff) / 32768.0f - 1.0f;
    values[i] = static_cast<uint16_t>(__float_as_uint(value) >> 16);
  }
}

void* randomMatrix(size_t count, uint32_t seed) {
  void* memory = nullptr;
  require(cudaMalloc(&memory, count * 2), "memory");
  randomise<<<1024, 256>>>(static_cast<uint16_t*>(memory), count, seed);
  require(cudaGetLastError(), "random values");
  return memory;
}

void measureCopy() {
  const size_t bytes = size_t{2} << 30;
  void* from = randomMatrix(bytes / 2, 1);
  void* to = nullptr;
  require(cudaMalloc(&to, bytes), "memory");
  const double time = seconds(20, [&] { require(cudaMemcpyAsync(to, from, bytes, cudaMemcpyDeviceToDevice), "copy"); });
  std::printf("copy_bytes_per_second %.4e\n", 2.0 * static_cast<double>(bytes) / time);
  require(cudaFree(from), "free");
  require(cudaFree(to), "free");
}

// The declarations of cuBLAS that are needed, so that its headers are not.
using Handle = void*;
using Create = int (*)(Handle*);
using Gemm = int (*)(Handle, int opA, int opB, int m, int n, int k, const void* alpha, const void* a, int typeA, int lda,
                     const void* b, int typeB, int ldb, const void* beta, void* c, int typeC, int ldc, int computeType,
                     int algorithm);
constexpr int kTransposed = 1, kPlain = 0, kBf16 = 14, kCompute32F = 68, kDefault = -1;

bool measureMatmul(const char* library) {
  void* cublas = library == nullptr ? nullptr : dlopen(library, RTLD_NOW);
  for (const char* name : {"libcublas.so.13", "libcublas.so.12", "libcublas.so"}) {
    if (cublas == nullptr) cublas = dlopen(name, RTLD_NOW);
  }
  if (cublas == nullptr) {
    std::fprintf(stderr, "ceilings: no cuBLAS is found (%s): the matmul rate is not measured\n", dlerror());
    return false;
  }
  const auto create = reinterpret_cast<Create>(dlsym(cublas, "cublasCreate_v2"));
  const auto gemm = reinterpret_cast<Gemm>(dlsym(cublas, "cublasGemmEx"));
  Handle handle = nullptr;
  if (create == nullptr || gemm == nullptr || create(&handle) != 0) {
    std::fprintf(stderr, "ceilings: cuBLAS does not start\n");
    return false;
  }
  const int n = 8192;
  const size_t count = size_t{n} * n;
  void* a = randomMatrix(count, 2);
  void* b = randomMatrix(count, 3);
  void* c = randomMatrix(count, 4);
  const float one = 1, zero = 0;
  const double time = seconds(20, [&] {
    const int status = gemm(handle, kTransposed, kPlain, n, n, n, &one, a, kBf16, n, b, kBf16, n, &zero, c, kBf16, n,
                            kCompute32F, kDefault);
    if (status != 0) {
      std::fprintf(stderr, "ceilings: cublasGemmEx fails with %d\n", status);
      std::exit(1);
    }
  });
  std::printf("matmul_flops_per_second %.4e\n", 2.0 * n * static_cast<double>(count) / time);
  return true;
}

}  // namespace

int main(int argc, char** argv) {
  require(cudaSetDevice(0), "no device");
  measureCopy();
  measureMatmul(argc > 1 ? argv[1] : nullptr);
  return 0;
}
