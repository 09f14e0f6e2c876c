// Vectors of 8 activations and blocks of 32 weights, as float32 in registers.
#pragma once

#include "device/device.h"
#include "kernels/packed.h"

namespace chasqui::cuda::device {

constexpr int kVector = 8;

template <Type kType>
struct ValueOf;
template <>
struct ValueOf<Type::kF32> { using T = float; };
template <>
struct ValueOf<Type::kF16> { using T = Half; };
template <>
struct ValueOf<Type::kBf16> { using T = Bf16; };

template <>
struct ValueOf<Type::kE4m3> { using T = E4m3; };

/// Both values of a 32-bit word, the lower first.
template <class T>
__device__ __forceinline__ float2 unpackPair(uint32_t word);
template <>
__device__ __forceinline__ float2 unpackPair<Bf16>(uint32_t word) {
  return make_float2(__uint_as_float(word << 16), __uint_as_float(word & 0xffff0000u));
}
template <>
__device__ __forceinline__ float2 unpackPair<Half>(uint32_t word) {
#ifdef __CUDACC__
  return __half22float2(*reinterpret_cast<const __half2*>(&word));
#else
  return make_float2(toFloat(Half{static_cast<uint16_t>(word)}), toFloat(Half{static_cast<uint16_t>(word >> 16)}));
#endif
}

template <class T>
__device__ __forceinline__ uint32_t packPair(float low, float high);
#ifdef __CUDACC__
template <>
__device__ __forceinline__ uint32_t packPair<Bf16>(float low, float high) {
  const __nv_bfloat162 pair = __floats2bfloat162_rn(low, high);
  return *reinterpret_cast<const uint32_t*>(&pair);
}
template <>
__device__ __forceinline__ uint32_t packPair<Half>(float low, float high) {
  const __half2 pair = __floats2half2_rn(low, high);
  return *reinterpret_cast<const uint32_t*>(&pair);
}
#else
template <class T>
uint32_t packPair(float low, float high) {
  return fromFloat<T>(low).bits | static_cast<uint32_t>(fromFloat<T>(high).bits) << 16;
}
#endif

/// Eight values as they lie in memory.
template <class T>
struct Raw8;
template <>
struct Raw8<float> { uint4 a, b; };
template <>
struct Raw8<Half> { uint4 a; };
template <>
struct Raw8<Bf16> { uint4 a; };

template <>
struct Raw8<E4m3> { uint2 a; };

template <class T>
__device__ __forceinline__ void unpack8(const uint4& raw, float (&v)[8]) {
  const uint32_t words[4] = {raw.x, raw.y, raw.z, raw.w};
#pragma unroll
  for (int i = 0; i < 4; i++) {
    const float2 pair = unpackPair<T>(words[i]);
    v[2 * i] = pair.x;
    v[2 * i + 1] = pair.y;
  }
}
__device__ __forceinline__ void unpack8(const Raw8<float>& raw, float (&v)[8]) {
  const uint32_t words[8] = {raw.a.x, raw.a.y, raw.a.z, raw.a.w, raw.b.x, raw.b.y, raw.b.z, raw.b.w};
#pragma unroll
  for (int i = 0; i < 8; i++) v[i] = __uint_as_float(words[i]);
}
__device__ __forceinline__ void unpack8(const Raw8<Half>& raw, float (&v)[8]) { unpack8<Half>(raw.a, v); }
__device__ __forceinline__ void unpack8(const Raw8<Bf16>& raw, float (&v)[8]) { unpack8<Bf16>(raw.a, v); }

__device__ __forceinline__ void unpack8(const Raw8<E4m3>& raw, float (&v)[8]) {
  const uint32_t words[2] = {raw.a.x, raw.a.y};
#pragma unroll
  for (int i = 0; i < 4; i++) {
    const uint32_t pair = words[i / 2] >> 16 * (i % 2);
#ifdef __CUDACC__
    const float2 both = __half22float2(__half2(__nv_cvt_fp8x2_to_halfraw2(static_cast<__nv_fp8x2_storage_t>(pair & 0xffff), __NV_E4M3)));
    v[2 * i] = both.x;
    v[2 * i + 1] = both.y;
#else
    v[2 * i] = toFloat(E4m3{static_cast<uint8_t>(pair)});
    v[2 * i + 1] = toFloat(E4m3{static_cast<uint8_t>(pair >> 8)});
#endif
  }
}

__device__ __forceinline__ void loadRaw(const E4m3* p, Raw8<E4m3>& raw) { raw.a = *reinterpret_cast<const uint2*>(p); }
__device__ __forceinline__ void loadRaw(const float* p, Raw8<float>& raw) {
  raw.a = reinterpret_cast<const uint4*>(p)[0];
  raw.b = reinterpret_cast<const uint4*>(p)[1];
}
__device__ __forceinline__ void loadRaw(const Half* p, Raw8<Half>& raw) { raw.a = *reinterpret_cast<const uint4*>(p); }
__device__ __forceinline__ void loadRaw(const Bf16* p, Raw8<Bf16>& raw) { raw.a = *reinterpret_cast<const uint4*>(p); }
__device__ __forceinline__ void loadRawOnce(const float* p, Raw8<float>& raw) {
  raw.a = loadOnce(reinterpret_cast<const uint4*>(p));
  raw.b = loadOnce(reinterpret_cast<const uint4*>(p) + 1);
}
__device__ __forceinline__ void loadRawOnce(const Half* p, Raw8<Half>& raw) { raw.a = loadOnce(reinterpret_cast<const uint4*>(p)); }
__device__ __forceinline__ void loadRawOnce(const Bf16* p, Raw8<Bf16>& raw) { raw.a = loadOnce(reinterpret_cast<const uint4*>(p)); }

/// Loads values [0, count) of 8 at a 16-byte boundary, zeros behind them; count may be above 8 or
/// below 1.
template <class T>
__device__ __forceinline__ void load8(const T* p, int count, float (&v)[8]) {
  if (count >= kVector) {
    Raw8<T> raw;
    loadRaw(p, raw);
    unpack8(raw, v);
  } else {
#pragma unroll
    for (int i = 0; i < kVector; i++) v[i] = i < count ? toFloat(p[i]) : 0.0f;
  }
}

__device__ __forceinline__ void storeRaw8(float* p, const float (&v)[8]) {
  reinterpret_cast<float4*>(p)[0] = make_float4(v[0], v[1], v[2], v[3]);
  reinterpret_cast<float4*>(p)[1] = make_float4(v[4], v[5], v[6], v[7]);
}
template <class T>
__device__ __forceinline__ uint4 pack8(const float (&v)[8]) {
  return make_uint4(packPair<T>(v[0], v[1]), packPair<T>(v[2], v[3]), packPair<T>(v[4], v[5]),
                    packPair<T>(v[6], v[7]));
}
__device__ __forceinline__ void storeRaw8(Half* p, const float (&v)[8]) { *reinterpret_cast<uint4*>(p) = pack8<Half>(v); }
__device__ __forceinline__ void storeRaw8(Bf16* p, const float (&v)[8]) { *reinterpret_cast<uint4*>(p) = pack8<Bf16>(v); }

__device__ __forceinline__ void storeRaw8(E4m3* p, const float (&v)[8]) {
  uint32_t words[2] = {0, 0};
#pragma unroll
  for (int i = 0; i < 8; i++) {
#ifdef __CUDACC__
    words[i / 4] |= static_cast<uint32_t>(__nv_cvt_float_to_fp8(v[i], __NV_SATFINITE, __NV_E4M3)) << 8 * (i % 4);
#else
    words[i / 4] |= static_cast<uint32_t>(fromFloat<E4m3>(v[i]).bits) << 8 * (i % 4);
#endif
  }
  *reinterpret_cast<uint2*>(p) = make_uint2(words[0], words[1]);
}

template <class T>
__device__ __forceinline__ void store8(T* p, int count, const float (&v)[8]) {
  if (count >= kVector) {
    storeRaw8(p, v);
  } else {
#pragma unroll
    for (int i = 0; i < kVector; i++) {
      if (i < count) p[i] = fromFloat<T>(v[i]);
    }
  }
}

/// The same where the type is known only when it runs: for what is small beside the rest.
__device__ __forceinline__ void load8(const void* row, Type type, int at, int count, float (&v)[8]) {
  switch (type) {
    case Type::kF32: load8(static_cast<const float*>(row) + at, count, v); break;
    case Type::kF16: load8(static_cast<const Half*>(row) + at, count, v); break;
    case Type::kBf16: load8(static_cast<const Bf16*>(row) + at, count, v); break;
    case Type::kE4m3: break;  // no activations
  }
}
__device__ __forceinline__ void store8(void* row, Type type, int at, int count, const float (&v)[8]) {
  switch (type) {
    case Type::kF32: store8(static_cast<float*>(row) + at, count, v); break;
    case Type::kF16: store8(static_cast<Half*>(row) + at, count, v); break;
    case Type::kBf16: store8(static_cast<Bf16*>(row) + at, count, v); break;
    case Type::kE4m3: break;
  }
}
__device__ __forceinline__ float load1(const void* row, Type type, long at) {
  switch (type) {
    case Type::kF32: return static_cast<const float*>(row)[at];
    case Type::kF16: return toFloat(static_cast<const Half*>(row)[at]);
    case Type::kBf16: return toFloat(static_cast<const Bf16*>(row)[at]);
    case Type::kE4m3: return toFloat(static_cast<const E4m3*>(row)[at]);
  }
  return 0;
}
__device__ __forceinline__ void store1(void* row, Type type, long at, float v) {
  switch (type) {
    case Type::kF32: static_cast<float*>(row)[at] = v; break;
    case Type::kF16: static_cast<Half*>(row)[at] = fromFloat<Half>(v); break;
    case Type::kBf16: static_cast<Bf16*>(row)[at] = fromFloat<Bf16>(v); break;
    case Type::kE4m3: static_cast<E4m3*>(row)[at] = fromFloat<E4m3>(v); break;
  }
}
__device__ __forceinline__ void* rowOf(const Rows& rows, long row) {
  const long bytes = rows.type == Type::kF32 ? 4 : 2;
  return static_cast<uint8_t*>(rows.values) + row * rows.stride * bytes;
}

// ---- weights ------------------------------------------------------------------------------------

template <Stored kStored>
struct FloatOf;
template <>
struct FloatOf<Stored::kF32> { using T = float; };
template <>
struct FloatOf<Stored::kF16> { using T = Half; };
template <>
struct FloatOf<Stored::kBf16> { using T = Bf16; };

/// A packed matrix as kernels get it.
struct Packed {
  const uint8_t* bytes;
  PackedLayout layout;
  int rows;
  int columns;
};

/// 32 weights as they lie in memory: weight j = scale[j / 16] * q(j) + minimum.
struct Quants {
  uint4 low;
  uint4 high;    // Q8_0: values 16 to 31; Q6_K: x and y hold the high bits
  uint4 scales;  // as loaded
};

template <Stored kStored>
__device__ __forceinline__ Quants loadQuants(const Packed& m, long row, int block) {
  Quants q;
  const uint8_t* quants = m.bytes + row * static_cast<long>(m.layout.quantPitch);
  const uint8_t* scales = m.bytes + m.layout.scaleAt + row * static_cast<long>(m.layout.scalePitch);
  q.high = make_uint4(0, 0, 0, 0);
  q.scales = make_uint4(0, 0, 0, 0);
  if constexpr (kStored == Stored::kQ8Zero) {
    q.low = loadOnce(reinterpret_cast<const uint4*>(quants) + 2 * block);
    q.high = loadOnce(reinterpret_cast<const uint4*>(quants) + 2 * block + 1);
    q.scales.x = reinterpret_cast<const uint16_t*>(scales)[block];
  } else {
    q.low = loadOnce(reinterpret_cast<const uint4*>(quants) + block);
    if constexpr (kStored == Stored::kQ4Zero) {
      q.scales.x = reinterpret_cast<const uint16_t*>(scales)[block];
    } else if constexpr (kStored == Stored::kQ4One) {
      q.scales.x = reinterpret_cast<const uint32_t*>(scales)[block];
    } else if constexpr (kStored == Stored::kQ4K) {
      q.scales = reinterpret_cast<const uint4*>(scales)[block / 8];
    } else {
      const uint8_t* high = m.bytes + m.layout.highAt + row * static_cast<long>(m.layout.highPitch);
      const uint8_t* supers = m.bytes + m.layout.superAt + row * static_cast<long>(m.layout.superPitch);
      const uint2 bits = reinterpret_cast<const uint2*>(high)[block];
      q.high.x = bits.x;
      q.high.y = bits.y;
      q.scales.x = reinterpret_cast<const uint16_t*>(scales)[block];
      q.scales.y = reinterpret_cast<const uint16_t*>(supers)[block / 8];
    }
  }
  return q;
}

__device__ __forceinline__ uint32_t wordOf(const uint4& v, int i) {
  return i == 0 ? v.x : i == 1 ? v.y : i == 2 ? v.z : v.w;
}
/// Byte i of 16.
__device__ __forceinline__ uint32_t byteOf(const uint4& v, int i) { return wordOf(v, i / 4) >> 8 * (i % 4) & 0xff; }

/// The number 2^23 as float32 is followed by its integers: OR a small one in, subtract, and it is
/// converted without the slow conversion unit.
constexpr uint32_t kTwoTo23 = 0x4b000000u;

/// Values first (0, or 16 for the second half) to first + 15 of the block, as integers in float32.
template <Stored kStored, int kFirst>
__device__ __forceinline__ void decode16(const Quants& q, float (&v)[16]) {
  if constexpr (kStored == Stored::kQ8Zero) {
#pragma unroll
    for (int w = 0; w < 4; w++) {
      // int8 to unsigned: the sign bit flips
      const uint32_t word = wordOf(kFirst == 0 ? q.low : q.high, w) ^ 0x80808080u;
#pragma unroll
      for (int i = 0; i < 4; i++) {
        v[4 * w + i] = __uint_as_float(__byte_perm(word, kTwoTo23, 0x7440 + i)) - 8388736.0f;
      }
    }
  } else {
#pragma unroll
    for (int w = 0; w < 4; w++) {
      uint32_t word = (kFirst == 0 ? wordOf(q.low, w) : wordOf(q.low, w) >> 4) & 0x0f0f0f0fu;
      float zero = 8388608.0f;
      if constexpr (kStored == Stored::kQ6K) {
        // values 4w to 4w + 3 of the half: bytes 4 * (w % 2) on, bits 2 * (w / 2 + first / 8)
        const uint32_t bits = (w % 2 == 0 ? q.high.x : q.high.y) >> (2 * (w / 2 + kFirst / 8));
        word |= (bits & 0x03030303u) << 4;
        zero += 32.0f;
      } else if constexpr (kStored == Stored::kQ4Zero) {
        zero += 8.0f;
      }
#pragma unroll
      for (int i = 0; i < 4; i++) {
        v[4 * w + i] = __uint_as_float(__byte_perm(word, kTwoTo23, 0x7440 + i)) - zero;
      }
    }
  }
}

/// Scale of the first and of the second 16 values, and the minimum.
struct Scales {
  float first;
  float second;
  float minimum;
};

__device__ __forceinline__ float halfBits(uint32_t bits) { return unpackPair<Half>(bits & 0xffff).x; }

template <Stored kStored>
__device__ __forceinline__ Scales scalesOf(const Quants& q, int block) {
  if constexpr (kStored == Stored::kQ8Zero || kStored == Stored::kQ4Zero) {
    const float d = halfBits(q.scales.x);
    return {d, d, 0.0f};
  } else if constexpr (kStored == Stored::kQ4One) {
    const float2 both = unpackPair<Half>(q.scales.x);
    return {both.x, both.x, both.y};
  } else if constexpr (kStored == Stored::kQ4K) {
    const float2 both = unpackPair<Half>(q.scales.x);
    const int sub = block % 8;
    // ggml's get_scale_min_k4 on bytes 4 to 15: the last four borrow their high bits from the first
    const int i = sub % 4;
    const uint32_t a = q.scales.y >> 8 * i & 0xff, b = q.scales.z >> 8 * i & 0xff,
                   c = q.scales.w >> 8 * i & 0xff;
    const uint32_t scale = sub < 4 ? a & 63 : (c & 15) | a >> 6 << 4;
    const uint32_t minimum = sub < 4 ? b & 63 : c >> 4 | b >> 6 << 4;
    const float d = both.x * static_cast<float>(scale);
    return {d, d, -both.y * static_cast<float>(minimum)};
  } else {
    const float d = halfBits(q.scales.y);
    const int first = static_cast<int8_t>(q.scales.x & 0xff), second = static_cast<int8_t>(q.scales.x >> 8 & 0xff);
    return {d * static_cast<float>(first), d * static_cast<float>(second), 0.0f};
  }
}

/// 32 weights as float32.
template <Stored kStored>
__device__ __forceinline__ void decode32(const Quants& q, int block, float (&v)[32]) {
  const Scales s = scalesOf<kStored>(q, block);
  float half[16];
  decode16<kStored, 0>(q, half);
#pragma unroll
  for (int i = 0; i < 16; i++) v[i] = s.first * half[i] + s.minimum;
  decode16<kStored, 16>(q, half);
#pragma unroll
  for (int i = 0; i < 16; i++) v[16 + i] = s.second * half[i] + s.minimum;
}

/// Weights [block * 32, +32) of a row of any kind, zeros behind the columns.
template <Stored kStored>
__device__ __forceinline__ void load32(const Packed& m, long row, int block, float (&v)[32]) {
  if constexpr (kQuantised<kStored>) {
    decode32<kStored>(loadQuants<kStored>(m, row, block), block, v);
  } else {
    using W = typename FloatOf<kStored>::T;
    const W* values = reinterpret_cast<const W*>(m.bytes + row * static_cast<long>(m.layout.quantPitch));
#pragma unroll
    for (int i = 0; i < 4; i++) {
      float part[8];
      const int at = block * kBlock + 8 * i;
      load8(values + at, m.columns - at, part);
#pragma unroll
      for (int j = 0; j < 8; j++) v[8 * i + j] = part[j];
    }
  }
}

inline Packed packed(const Matrix& m) {
  return {static_cast<const uint8_t*>(m.bytes), packedLayout(m.stored, m.rows, m.columns), m.rows, m.columns};
}

}  // namespace chasqui::cuda::device
