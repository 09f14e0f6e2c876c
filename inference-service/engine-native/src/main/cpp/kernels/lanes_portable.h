// Sixteen lanes as arrays: plain C++ that every compiler can vectorise for its baseline.
#pragma once

#include <math.h>

#include "kernels.h"

#define CHASQUI_INLINE static inline

namespace chasqui::CHASQUI_VARIANT {

struct F { float v[16]; };
struct I { int32_t v[16]; };
/// 64 bytes: 16 lanes of 4.
struct B { uint8_t v[64]; };

constexpr int kTileRows = 2;
constexpr int kTileGroups = 1;
constexpr int kFloatTileRows = 2;
/// Sums of a score that run side by side, so that one does not wait for the other.
constexpr int kScoreChains = 1;
constexpr int kQueryTile = 2;

template <class Function>
CHASQUI_INLINE F each(Function f) {
  F r;
  for (int i = 0; i < 16; i++) r.v[i] = f(i);
  return r;
}
CHASQUI_INLINE float bitsToFloat(uint32_t bits) {
  float x;
  __builtin_memcpy(&x, &bits, sizeof x);
  return x;
}
CHASQUI_INLINE float halfToFloat(uint16_t h) {
  uint32_t sign = static_cast<uint32_t>(h & 0x8000) << 16;
  uint32_t exponent = h >> 10 & 31;
  uint32_t fraction = h & 1023;
  if (exponent == 31) return bitsToFloat(sign | 0x7f800000 | fraction << 13);
  if (exponent != 0) return bitsToFloat(sign | (exponent + 112) << 23 | fraction << 13);
  float tiny = static_cast<float>(fraction) * 0x1p-24f;
  return sign ? -tiny : tiny;
}
CHASQUI_INLINE F zero() { return each([](int) { return 0.0f; }); }
CHASQUI_INLINE F set1(float x) { return each([x](int) { return x; }); }
CHASQUI_INLINE F load(const float* p) { return each([p](int i) { return p[i]; }); }
CHASQUI_INLINE F loadHalf(const uint16_t* p) {
  return each([p](int i) { return halfToFloat(p[i]); });
}
CHASQUI_INLINE F loadBrain(const uint16_t* p) {
  return each([p](int i) { return bitsToFloat(static_cast<uint32_t>(p[i]) << 16); });
}
CHASQUI_INLINE F loadSigned(const int8_t* p) {
  return each([p](int i) { return static_cast<float>(p[i]); });
}
CHASQUI_INLINE void store(float* p, F x) {
  for (int i = 0; i < 16; i++) p[i] = x.v[i];
}
CHASQUI_INLINE uint16_t floatToHalf(float x) {
  uint32_t bits;
  __builtin_memcpy(&bits, &x, sizeof bits);
  const uint32_t sign = bits >> 16 & 0x8000;
  bits &= 0x7fffffff;
  if (bits >= 0x47800000) return static_cast<uint16_t>(sign | (bits > 0x7f800000 ? 0x7e00 : 0x7c00));
  if (bits < 0x38800000) {
    // adding a half brings the rounded fraction of a subnormal to the lowest bits
    const float shifted = bitsToFloat(bits) + 0.5f;
    __builtin_memcpy(&bits, &shifted, sizeof bits);
    return static_cast<uint16_t>(sign | (bits - 0x3f000000));
  }
  bits += 0xfff + (bits >> 13 & 1);
  return static_cast<uint16_t>(sign | ((bits >> 13) - (112 << 10)));
}
CHASQUI_INLINE void storeHalf(uint16_t* p, F x) {
  for (int i = 0; i < 16; i++) p[i] = floatToHalf(x.v[i]);
}
CHASQUI_INLINE F add(F a, F b) { return each([&](int i) { return a.v[i] + b.v[i]; }); }
CHASQUI_INLINE F sub(F a, F b) { return each([&](int i) { return a.v[i] - b.v[i]; }); }
CHASQUI_INLINE F mul(F a, F b) { return each([&](int i) { return a.v[i] * b.v[i]; }); }
CHASQUI_INLINE F div(F a, F b) { return each([&](int i) { return a.v[i] / b.v[i]; }); }
CHASQUI_INLINE F fma(F a, F b, F c) {
  return each([&](int i) { return a.v[i] * b.v[i] + c.v[i]; });
}
CHASQUI_INLINE F max(F a, F b) { return each([&](int i) { return a.v[i] > b.v[i] ? a.v[i] : b.v[i]; }); }
CHASQUI_INLINE F min(F a, F b) { return each([&](int i) { return a.v[i] < b.v[i] ? a.v[i] : b.v[i]; }); }
CHASQUI_INLINE F abs(F a) { return each([&](int i) { return a.v[i] < 0 ? -a.v[i] : a.v[i]; }); }
CHASQUI_INLINE float sum(F a) {
  float s = 0;
  for (int i = 0; i < 16; i++) s += a.v[i];
  return s;
}
CHASQUI_INLINE float greatest(F a) {
  float m = a.v[0];
  for (int i = 1; i < 16; i++) m = a.v[i] > m ? a.v[i] : m;
  return m;
}
CHASQUI_INLINE F toFloats(I a) { return each([&](int i) { return static_cast<float>(a.v[i]); }); }
/// To the nearest, ties to even, by adding and taking away 1.5 * 2^23: for |a| < 2^22.
CHASQUI_INLINE I round(F a) {
  I r;
  for (int i = 0; i < 16; i++) {
    float shifted = a.v[i] + 0x1.8p23f;
    int32_t bits;
    __builtin_memcpy(&bits, &shifted, sizeof bits);
    r.v[i] = bits - 0x4b400000;
  }
  return r;
}
CHASQUI_INLINE int sum(I a) {
  int s = 0;
  for (int i = 0; i < 16; i++) s += a.v[i];
  return s;
}
CHASQUI_INLINE void storeBytes(int8_t* p, I a) {
  for (int i = 0; i < 16; i++) p[i] = static_cast<int8_t>(a.v[i]);
}
/// 2^n for n in [-126, 127].
CHASQUI_INLINE F powerOfTwo(I n) {
  return each([&](int i) { return bitsToFloat(static_cast<uint32_t>(n.v[i] + 127) << 23); });
}
/// a where x < limit, else b.
CHASQUI_INLINE F whereLess(F x, float limit, F a, F b) {
  return each([&](int i) { return x.v[i] < limit ? a.v[i] : b.v[i]; });
}
/// The first `count` lanes of a, `other` in the rest.
CHASQUI_INLINE F first(F a, int count, float other) {
  return each([&](int i) { return i < count ? a.v[i] : other; });
}

CHASQUI_INLINE B loadBytes(const uint8_t* p) {
  B r;
  __builtin_memcpy(r.v, p, sizeof r.v);
  return r;
}
CHASQUI_INLINE B lowNibbles(B a) {
  for (int i = 0; i < 64; i++) a.v[i] &= 15;
  return a;
}
CHASQUI_INLINE B highNibbles(B a) {
  for (int i = 0; i < 64; i++) a.v[i] = static_cast<uint8_t>(a.v[i] >> 4);
  return a;
}
/// Adds 16 to the bytes whose bit is set in the 64 bits at p.
CHASQUI_INLINE B addSixteen(B a, const uint8_t* p) {
  for (int i = 0; i < 64; i++) {
    a.v[i] = static_cast<uint8_t>(a.v[i] | (p[i / 8] >> i % 8 & 1) << 4);
  }
  return a;
}
/// Adds two bits of every byte of `high`, the pair-th, as bits 4 and 5.
template <int pair>
CHASQUI_INLINE B addHighPairs(B a, B high) {
  for (int i = 0; i < 64; i++) {
    a.v[i] = static_cast<uint8_t>(a.v[i] | (high.v[i] >> 2 * pair & 3) << 4);
  }
  return a;
}
/// Four int8 in every lane.
CHASQUI_INLINE B four(const int8_t* p) {
  B r;
  for (int i = 0; i < 16; i++) __builtin_memcpy(r.v + 4 * i, p, 4);
  return r;
}

CHASQUI_INLINE I nothing() { return I{}; }
CHASQUI_INLINE I minus(I a, I b) {
  for (int i = 0; i < 16; i++) a.v[i] -= b.v[i];
  return a;
}
CHASQUI_INLINE I times128(I a) {
  for (int i = 0; i < 16; i++) a.v[i] *= 128;
  return a;
}
CHASQUI_INLINE I plus(I a, I b) {
  for (int i = 0; i < 16; i++) a.v[i] += b.v[i];
  return a;
}
/// What an accumulator of dots starts with so that the result counts from weight - 2^log2Offset.
template <int log2Offset>
CHASQUI_INLINE I start(int32_t negSum) {
  I r{};
  if constexpr (log2Offset >= 0) {
    for (int i = 0; i < 16; i++) r.v[i] = negSum * (1 << log2Offset);
  }
  return r;
}
/// Adds, in each lane, four products of an unsigned weight and an activation.
template <int log2Offset>
CHASQUI_INLINE I dot(I sum, B weights, B activations) {
  for (int i = 0; i < 16; i++) {
    int32_t s = 0;
    for (int t = 0; t < 4; t++) {
      s += weights.v[4 * i + t] * static_cast<int8_t>(activations.v[4 * i + t]);
    }
    sum.v[i] += s;
  }
  return sum;
}

CHASQUI_INLINE uint64_t readSome(const uint8_t* p, size_t count) {
  uint64_t s = 0;
  for (size_t i = 0; i + 8 <= count; i += 8) {
    uint64_t x;
    __builtin_memcpy(&x, p + i, sizeof x);
    s += x;
  }
  return s;
}

}  // namespace chasqui::CHASQUI_VARIANT
