// CUDA's words for a C++ compiler: device.h takes this in place of CUDA's headers. The threads of a
// block are coroutines of the calling thread, switched at barriers and warp operations; blocks run
// one after the other.
#pragma once

#include <bit>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <functional>
#include <tuple>
#include <utility>

#include "device/runtime.h"

#define __global__
#define __device__
#define __host__
#define __forceinline__ inline
#define __launch_bounds__(...)

struct dim3 {
  unsigned x, y, z;
  constexpr dim3(unsigned x = 1, unsigned y = 1, unsigned z = 1) : x(x), y(y), z(z) {}
};
struct alignas(8) float2 { float x, y; };
struct alignas(16) float4 { float x, y, z, w; };
struct alignas(8) uint2 { uint32_t x, y; };
struct alignas(16) uint4 { uint32_t x, y, z, w; };
inline float2 make_float2(float x, float y) { return {x, y}; }
inline float4 make_float4(float x, float y, float z, float w) { return {x, y, z, w}; }
inline uint2 make_uint2(uint32_t x, uint32_t y) { return {x, y}; }
inline uint4 make_uint4(uint32_t x, uint32_t y, uint32_t z, uint32_t w) { return {x, y, z, w}; }

inline thread_local dim3 threadIdx, blockIdx, blockDim, gridDim;

namespace chasqui::cuda::emulated {

/// Which collective operation a thread stands at; all that meet must stand at the same.
enum class Meeting : int { kNone, kBlock, kWarp, kShuffle, kVote, kLoad, kMultiply };

void meetBlock();
/// Waits for all lanes of the warp. Gives what each lane brought, [32][kBrought] bytes, valid until the
/// lane's next meeting.
constexpr int kBrought = 32;
const uint8_t* meetWarp(Meeting meeting, const void* brought, int bytes);

uint8_t* sharedMemory();
void checkShared(const void* p, size_t bytes);
void copyAsync16(void* shared, const void* global, bool valid);
void commitCopies();
void afterPrevious();
void waitForCopies(int pending);

/// Runs or, while a stream captures, records.
Error launch(const char* kernel, dim3 grid, int threads, size_t sharedBytes, Stream stream,
             std::function<void()> body);

template <class V>
V lane(const uint8_t* brought, int lane) {
  V value;
  std::memcpy(&value, brought + lane * kBrought, sizeof value);
  return value;
}

float halfToFloat(uint16_t bits);
uint16_t floatToHalf(float value);
uint16_t floatToBf16(float value);
float e4m3ToFloat(uint8_t bits);
uint8_t floatToE4m3(float value);

}  // namespace chasqui::cuda::emulated

inline void __syncthreads() { chasqui::cuda::emulated::meetBlock(); }
inline void __syncwarp(unsigned = ~0u) {
  chasqui::cuda::emulated::meetWarp(chasqui::cuda::emulated::Meeting::kWarp, nullptr, 0);
}
template <class V>
V __shfl_sync(unsigned, V value, int from) {
  using namespace chasqui::cuda::emulated;
  return lane<V>(meetWarp(Meeting::kShuffle, &value, sizeof value), from & 31);
}
template <class V>
V __shfl_xor_sync(unsigned mask, V value, int with) {
  return __shfl_sync(mask, value, static_cast<int>(threadIdx.x % 32) ^ with);
}
template <class V>
V __shfl_up_sync(unsigned mask, V value, int by) {
  const int lane = static_cast<int>(threadIdx.x % 32);
  return __shfl_sync(mask, value, lane < by ? lane : lane - by);
}
inline unsigned __ballot_sync(unsigned, int predicate) {
  using namespace chasqui::cuda::emulated;
  const uint8_t* brought = meetWarp(Meeting::kVote, &predicate, sizeof predicate);
  unsigned bits = 0;
  for (int i = 0; i < 32; i++) bits |= (lane<int>(brought, i) != 0 ? 1u : 0u) << i;
  return bits;
}
inline int __popc(unsigned v) { return std::popcount(v); }
inline int __ffs(int v) { return __builtin_ffs(v); }

inline int atomicAdd(int* p, int v) { return std::exchange(*p, *p + v); }
inline unsigned atomicAdd(unsigned* p, unsigned v) { return std::exchange(*p, *p + v); }
inline float atomicAdd(float* p, float v) { return std::exchange(*p, *p + v); }
inline double atomicAdd(double* p, double v) { return std::exchange(*p, *p + v); }
inline int atomicMax(int* p, int v) { return std::exchange(*p, *p < v ? v : *p); }
inline int atomicMin(int* p, int v) { return std::exchange(*p, *p > v ? v : *p); }

inline uint32_t __float_as_uint(float v) { return std::bit_cast<uint32_t>(v); }
inline float __uint_as_float(uint32_t v) { return std::bit_cast<float>(v); }
inline float rsqrtf(float v) { return 1.0f / std::sqrt(v); }
inline float __expf(float v) { return std::exp(v); }
inline float __fdividef(float a, float b) { return a / b; }
template <class V>
V __ldg(const V* p) { return *p; }
/// Bytes of (b : a), 0 to 3 of a, 4 to 7 of b, chosen by the nibbles of the selector.
inline uint32_t __byte_perm(uint32_t a, uint32_t b, uint32_t selector) {
  const uint64_t both = static_cast<uint64_t>(b) << 32 | a;
  uint32_t out = 0;
  for (int i = 0; i < 4; i++) {
    out |= static_cast<uint32_t>(both >> 8 * (selector >> 4 * i & 7) & 0xff) << 8 * i;
  }
  return out;
}
inline int min(int a, int b) { return a < b ? a : b; }
inline int max(int a, int b) { return a > b ? a : b; }

namespace chasqui::cuda::device {

struct Half { uint16_t bits; };
struct Bf16 { uint16_t bits; };
struct E4m3 { uint8_t bits; };

inline float toFloat(float v) { return v; }
inline float toFloat(Half v) { return emulated::halfToFloat(v.bits); }
inline float toFloat(E4m3 v) { return emulated::e4m3ToFloat(v.bits); }
inline float toFloat(Bf16 v) { return std::bit_cast<float>(static_cast<uint32_t>(v.bits) << 16); }
template <class T>
T fromFloat(float v);
template <>
inline float fromFloat<float>(float v) { return v; }
template <>
inline E4m3 fromFloat<E4m3>(float v) { return {emulated::floatToE4m3(v)}; }
template <>
inline Half fromFloat<Half>(float v) { return {emulated::floatToHalf(v)}; }
template <>
inline Bf16 fromFloat<Bf16>(float v) { return {emulated::floatToBf16(v)}; }

inline uint8_t* sharedMemory() { return emulated::sharedMemory(); }
inline void copyAsync16(void* shared, const void* global, bool valid) {
  emulated::copyAsync16(shared, global, valid);
}
inline void commitCopies() { emulated::commitCopies(); }
template <int kPending>
void waitForCopies() { emulated::waitForCopies(kPending); }

inline void loadMatrices(uint32_t (&r)[4], const void* shared) {
  using namespace emulated;
  checkShared(shared, 16);
  const uint8_t* brought = meetWarp(Meeting::kLoad, &shared, sizeof shared);
  const int lane = static_cast<int>(threadIdx.x % 32);
  for (int m = 0; m < 4; m++) {
    const uint8_t* row = emulated::lane<const uint8_t*>(brought, 8 * m + lane / 4);
    std::memcpy(&r[m], row + 4 * (lane % 4), 4);
  }
}
inline void loadMatricesTransposed(uint32_t (&r)[4], const void* shared) {
  using namespace emulated;
  checkShared(shared, 16);
  const uint8_t* brought = meetWarp(Meeting::kLoad, &shared, sizeof shared);
  const int lane = static_cast<int>(threadIdx.x % 32);
  for (int m = 0; m < 4; m++) {
    uint16_t pair[2];
    for (int i = 0; i < 2; i++) {
      const uint8_t* row = emulated::lane<const uint8_t*>(brought, 8 * m + 2 * (lane % 4) + i);
      std::memcpy(&pair[i], row + 2 * (lane / 4), 2);
    }
    std::memcpy(&r[m], pair, 4);
  }
}

/// Value `half` of the pair in a register.
template <class T>
float ofPair(uint32_t pair, int half) {
  return toFloat(T{static_cast<uint16_t>(pair >> 16 * half)});
}

template <class T>
void multiply(float (&d)[4], const uint32_t (&a)[4], uint32_t b0, uint32_t b1) {
  using namespace emulated;
  const uint32_t registers[6] = {a[0], a[1], a[2], a[3], b0, b1};
  const uint8_t* brought = meetWarp(Meeting::kMultiply, registers, sizeof registers);
  struct Fragments { uint32_t a[4], b[2]; };
  const int self = static_cast<int>(threadIdx.x % 32);
  const int row = self / 4, column = 2 * (self % 4);
  for (int i = 0; i < 4; i++) {
    // element i of d: row + 8 for i >= 2, column + i % 2
    for (int k = 0; k < 16; k++) {
      const int holder = k % 8 / 2;
      const Fragments left = lane<Fragments>(brought, 4 * row + holder);
      const Fragments right = lane<Fragments>(brought, 4 * (column + i % 2) + holder);
      d[i] += ofPair<T>(left.a[i / 2 + 2 * (k / 8)], k % 2) * ofPair<T>(right.b[k / 8], k % 2);
    }
  }
}

/// A kernel of which a thread ends without it is refused.
inline void afterPrevious() { emulated::afterPrevious(); }
inline void prefetch(const void*) {}
inline uint4 loadOnce(const uint4* p) { return *p; }

template <class... P, class... A>
Error launchKernel(void (*kernel)(P...), dim3 grid, int threads, size_t sharedBytes, Stream stream,
                   const A&... arguments) {
  std::tuple<P...> kept(arguments...);
  return emulated::launch(__PRETTY_FUNCTION__, grid, threads, sharedBytes, stream,
                          [kernel, kept] { std::apply(kernel, kept); });
}

}  // namespace chasqui::cuda::device
