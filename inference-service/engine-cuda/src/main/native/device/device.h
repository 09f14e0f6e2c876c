// What kernels are written in: CUDA under nvcc, the same words on the CPU in the emulated device of
// the tests. Kernels use these wrappers instead of PTX, static shared memory and <<< >>>.
#pragma once

#include <cstdint>
#include <type_traits>

#include "device/runtime.h"

#ifdef __CUDACC__
#include <cuda_bf16.h>
#include <cuda_fp16.h>
#include <cuda_fp8.h>
#include <cuda_runtime.h>
#else
#include "emulated/cuda_words.h"
#endif

namespace chasqui::cuda::device {

constexpr int kWarp = 32;
constexpr unsigned kAllLanes = 0xffffffffu;

#ifdef __CUDACC__

using Half = __half;
using Bf16 = __nv_bfloat16;
using E4m3 = __nv_fp8_e4m3;

__device__ __forceinline__ float toFloat(float v) { return v; }
__device__ __forceinline__ float toFloat(Half v) { return __half2float(v); }
__device__ __forceinline__ float toFloat(Bf16 v) { return __bfloat162float(v); }
__device__ __forceinline__ float toFloat(E4m3 v) { return static_cast<float>(v); }
template <class T>
__device__ __forceinline__ T fromFloat(float v);
template <>
__device__ __forceinline__ E4m3 fromFloat<E4m3>(float v) { return E4m3(v); }
template <>
__device__ __forceinline__ float fromFloat<float>(float v) { return v; }
template <>
__device__ __forceinline__ Half fromFloat<Half>(float v) { return __float2half_rn(v); }
template <>
__device__ __forceinline__ Bf16 fromFloat<Bf16>(float v) { return __float2bfloat16_rn(v); }

__device__ __forceinline__ unsigned sharedAddress(const void* p) {
  return static_cast<unsigned>(__cvta_generic_to_shared(p));
}

/// The block's shared memory, of the size that the launch gave.
__device__ __forceinline__ uint8_t* sharedMemory() {
  extern __shared__ __align__(128) uint8_t chasquiSharedMemory[];
  return chasquiSharedMemory;
}

/// Copies 16 bytes to shared memory behind the thread's back, or writes zeros there.
__device__ __forceinline__ void copyAsync16(void* shared, const void* global, bool valid) {
  asm volatile("cp.async.cg.shared.global [%0], [%1], 16, %2;\n" ::"r"(sharedAddress(shared)),
               "l"(global), "r"(valid ? 16 : 0)
               : "memory");
}
/// Ends a group of copies.
__device__ __forceinline__ void commitCopies() { asm volatile("cp.async.commit_group;\n" ::: "memory"); }
/// Waits for the thread's own copies, but for the newest kPending groups.
template <int kPending>
__device__ __forceinline__ void waitForCopies() {
  asm volatile("cp.async.wait_group %0;\n" ::"n"(kPending) : "memory");
}

/// Four 8x8 matrices of 16-bit values: lane i gives the address of row i % 8 of matrix i / 8 and gets of
/// each matrix the two values at (row lane / 4, column 2 * (lane % 4)).
__device__ __forceinline__ void loadMatrices(uint32_t (&r)[4], const void* shared) {
  asm volatile("ldmatrix.sync.aligned.m8n8.x4.shared.b16 {%0,%1,%2,%3}, [%4];\n"
               : "=r"(r[0]), "=r"(r[1]), "=r"(r[2]), "=r"(r[3])
               : "r"(sharedAddress(shared))
               : "memory");
}
/// The same of the transposed matrices: values at (rows 2 * (lane % 4) and the next, column lane / 4).
__device__ __forceinline__ void loadMatricesTransposed(uint32_t (&r)[4], const void* shared) {
  asm volatile("ldmatrix.sync.aligned.m8n8.x4.trans.shared.b16 {%0,%1,%2,%3}, [%4];\n"
               : "=r"(r[0]), "=r"(r[1]), "=r"(r[2]), "=r"(r[3])
               : "r"(sharedAddress(shared))
               : "memory");
}

/// d += a * b with a [16, 16], b [16, 8] and d [16, 8]; who holds what: PTX ISA, "Matrix fragments for
/// mma.m16n8k16 with floating point type". T says what the 16 bits are.
template <class T>
__device__ __forceinline__ void multiply(float (&d)[4], const uint32_t (&a)[4], uint32_t b0, uint32_t b1);
template <>
__device__ __forceinline__ void multiply<Bf16>(float (&d)[4], const uint32_t (&a)[4], uint32_t b0,
                                               uint32_t b1) {
  asm volatile(
      "mma.sync.aligned.m16n8k16.row.col.f32.bf16.bf16.f32 {%0,%1,%2,%3}, {%4,%5,%6,%7}, {%8,%9}, "
      "{%0,%1,%2,%3};\n"
      : "+f"(d[0]), "+f"(d[1]), "+f"(d[2]), "+f"(d[3])
      : "r"(a[0]), "r"(a[1]), "r"(a[2]), "r"(a[3]), "r"(b0), "r"(b1));
}
template <>
__device__ __forceinline__ void multiply<Half>(float (&d)[4], const uint32_t (&a)[4], uint32_t b0,
                                               uint32_t b1) {
  asm volatile(
      "mma.sync.aligned.m16n8k16.row.col.f32.f16.f16.f32 {%0,%1,%2,%3}, {%4,%5,%6,%7}, {%8,%9}, "
      "{%0,%1,%2,%3};\n"
      : "+f"(d[0]), "+f"(d[1]), "+f"(d[2]), "+f"(d[3])
      : "r"(a[0]), "r"(a[1]), "r"(a[2]), "r"(a[3]), "r"(b0), "r"(b1));
}

/// The first statement of every kernel. The kernel may have begun while the one before it on the stream
/// still ran (programmatic dependent launch, compute capability 9.0): waits until that one has ended and
/// what it wrote can be read, and lets the next kernel begin as early.
__device__ __forceinline__ void afterPrevious() {
#if __CUDA_ARCH__ >= 900
  asm volatile("griddepcontrol.launch_dependents;\ngriddepcontrol.wait;\n" ::: "memory");
#endif
}
/// Whether the code of a kernel, as loaded on the thread's device, has what afterPrevious() needs.
bool waitsForPrevious(const void* kernel);

/// Brings memory that no kernel writes closer; may stand before afterPrevious().
__device__ __forceinline__ void prefetch(const void* p) { asm volatile("prefetch.global.L2 [%0];\n" ::"l"(p)); }

/// Reads weights that this launch reads once: they need not stay in L1.
__device__ __forceinline__ uint4 loadOnce(const uint4* p) {
  uint4 v;
  asm volatile("ld.global.nc.L1::no_allocate.v4.u32 {%0,%1,%2,%3}, [%4];\n"
               : "=r"(v.x), "=r"(v.y), "=r"(v.z), "=r"(v.w)
               : "l"(p));
  return v;
}

/// Puts a kernel on a stream.
template <class... P, class... A>
Error launchKernel(void (*kernel)(P...), dim3 grid, int threads, size_t sharedBytes, Stream stream,
                   const A&... arguments) {
  if (sharedBytes > 48 * 1024) {
    const cudaError_t raised = cudaFuncSetAttribute(
        reinterpret_cast<const void*>(kernel), cudaFuncAttributeMaxDynamicSharedMemorySize,
        static_cast<int>(sharedBytes));
    if (raised != cudaSuccess) return raised;
  }
  cudaLaunchConfig_t config{};
  config.gridDim = grid;
  config.blockDim = dim3(static_cast<unsigned>(threads));
  config.dynamicSmemBytes = sharedBytes;
  config.stream = stream;
  cudaLaunchAttribute early{};
  early.id = cudaLaunchAttributeProgrammaticStreamSerialization;
  early.val.programmaticStreamSerializationAllowed = 1;
  config.attrs = &early;
  config.numAttrs = waitsForPrevious(reinterpret_cast<const void*>(kernel)) ? 1 : 0;
  return cudaLaunchKernelEx(&config, kernel, arguments...);
}

#endif

__device__ __forceinline__ float warpSum(float v) {
#pragma unroll
  for (int o = 16; o > 0; o >>= 1) v += __shfl_xor_sync(kAllLanes, v, o);
  return v;
}
__device__ __forceinline__ float warpMax(float v) {
#pragma unroll
  for (int o = 16; o > 0; o >>= 1) v = fmaxf(v, __shfl_xor_sync(kAllLanes, v, o));
  return v;
}

/// The sum over all threads of the block, for each of them; `scratch` holds 32 floats. Ends with the
/// scratch still being read: synchronise before it is used again.
__device__ __forceinline__ float blockSum(float v, float* scratch) {
  v = warpSum(v);
  if (threadIdx.x % kWarp == 0) scratch[threadIdx.x / kWarp] = v;
  __syncthreads();
  const int lane = static_cast<int>(threadIdx.x % kWarp);
  return warpSum(lane * kWarp < static_cast<int>(blockDim.x) ? scratch[lane] : 0.0f);
}

}  // namespace chasqui::cuda::device
