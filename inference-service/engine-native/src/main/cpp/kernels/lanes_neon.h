// Sixteen lanes as four registers of NEON, with the dot products of Armv8.2. Only intrinsics here:
// nothing inline may leak into code that runs on lesser CPUs.
#pragma once

#include <arm_neon.h>

#include "kernels.h"

#define CHASQUI_INLINE static inline __attribute__((always_inline))

namespace chasqui::CHASQUI_VARIANT {

struct F { float32x4_t v[4]; };
struct I { int32x4_t v[4]; };
/// 64 bytes: 16 lanes of 4.
struct B { uint8x16_t v[4]; };

constexpr int kTileRows = 2;
constexpr int kTileGroups = 1;
constexpr int kFloatTileRows = 4;
/// Sums of a score that run side by side, so that one does not wait for the other.
constexpr int kScoreChains = 1;
constexpr int kQueryTile = 4;

template <class R, class Function>
CHASQUI_INLINE R quarters(Function f) {
  return {{f(0), f(1), f(2), f(3)}};
}

CHASQUI_INLINE F set1(float x) {
  return quarters<F>([&](int) { return vdupq_n_f32(x); });
}
CHASQUI_INLINE F zero() { return set1(0.0f); }
CHASQUI_INLINE F load(const float* p) {
  return quarters<F>([&](int i) { return vld1q_f32(p + 4 * i); });
}
CHASQUI_INLINE F loadHalf(const uint16_t* p) {
  return quarters<F>([&](int i) { return vcvt_f32_f16(vreinterpret_f16_u16(vld1_u16(p + 4 * i))); });
}
CHASQUI_INLINE F loadBrain(const uint16_t* p) {
  return quarters<F>([&](int i) { return vreinterpretq_f32_u32(vshll_n_u16(vld1_u16(p + 4 * i), 16)); });
}
CHASQUI_INLINE F loadSigned(const int8_t* p) {
  const int8x16_t bytes = vld1q_s8(p);
  const int16x8_t low = vmovl_s8(vget_low_s8(bytes)), high = vmovl_s8(vget_high_s8(bytes));
  return {{vcvtq_f32_s32(vmovl_s16(vget_low_s16(low))), vcvtq_f32_s32(vmovl_s16(vget_high_s16(low))),
           vcvtq_f32_s32(vmovl_s16(vget_low_s16(high))), vcvtq_f32_s32(vmovl_s16(vget_high_s16(high)))}};
}
CHASQUI_INLINE void store(float* p, F x) {
  for (int i = 0; i < 4; i++) vst1q_f32(p + 4 * i, x.v[i]);
}
CHASQUI_INLINE void storeHalf(uint16_t* p, F x) {
  for (int i = 0; i < 4; i++) vst1_u16(p + 4 * i, vreinterpret_u16_f16(vcvt_f16_f32(x.v[i])));
}
CHASQUI_INLINE F add(F a, F b) {
  return quarters<F>([&](int i) { return vaddq_f32(a.v[i], b.v[i]); });
}
CHASQUI_INLINE F sub(F a, F b) {
  return quarters<F>([&](int i) { return vsubq_f32(a.v[i], b.v[i]); });
}
CHASQUI_INLINE F mul(F a, F b) {
  return quarters<F>([&](int i) { return vmulq_f32(a.v[i], b.v[i]); });
}
CHASQUI_INLINE F div(F a, F b) {
  return quarters<F>([&](int i) { return vdivq_f32(a.v[i], b.v[i]); });
}
CHASQUI_INLINE F fma(F a, F b, F c) {
  return quarters<F>([&](int i) { return vfmaq_f32(c.v[i], a.v[i], b.v[i]); });
}
CHASQUI_INLINE F max(F a, F b) {
  return quarters<F>([&](int i) { return vmaxq_f32(a.v[i], b.v[i]); });
}
CHASQUI_INLINE F min(F a, F b) {
  return quarters<F>([&](int i) { return vminq_f32(a.v[i], b.v[i]); });
}
CHASQUI_INLINE F abs(F a) {
  return quarters<F>([&](int i) { return vabsq_f32(a.v[i]); });
}
CHASQUI_INLINE float sum(F a) {
  return vaddvq_f32(vaddq_f32(vaddq_f32(a.v[0], a.v[1]), vaddq_f32(a.v[2], a.v[3])));
}
CHASQUI_INLINE float greatest(F a) {
  return vmaxvq_f32(vmaxq_f32(vmaxq_f32(a.v[0], a.v[1]), vmaxq_f32(a.v[2], a.v[3])));
}
CHASQUI_INLINE F toFloats(I a) {
  return quarters<F>([&](int i) { return vcvtq_f32_s32(a.v[i]); });
}
CHASQUI_INLINE I round(F a) {
  return quarters<I>([&](int i) { return vcvtnq_s32_f32(a.v[i]); });
}
CHASQUI_INLINE int sum(I a) {
  return vaddvq_s32(vaddq_s32(vaddq_s32(a.v[0], a.v[1]), vaddq_s32(a.v[2], a.v[3])));
}
CHASQUI_INLINE void storeBytes(int8_t* p, I a) {
  const int16x8_t low = vcombine_s16(vqmovn_s32(a.v[0]), vqmovn_s32(a.v[1]));
  const int16x8_t high = vcombine_s16(vqmovn_s32(a.v[2]), vqmovn_s32(a.v[3]));
  vst1q_s8(p, vcombine_s8(vqmovn_s16(low), vqmovn_s16(high)));
}
/// 2^n for n in [-126, 127].
CHASQUI_INLINE F powerOfTwo(I n) {
  return quarters<F>([&](int i) {
    return vreinterpretq_f32_s32(vshlq_n_s32(vaddq_s32(n.v[i], vdupq_n_s32(127)), 23));
  });
}
/// a where x < limit, else b.
CHASQUI_INLINE F whereLess(F x, float limit, F a, F b) {
  return quarters<F>(
      [&](int i) { return vbslq_f32(vcltq_f32(x.v[i], vdupq_n_f32(limit)), a.v[i], b.v[i]); });
}
/// The first `count` lanes of a, `other` in the rest.
CHASQUI_INLINE F first(F a, int count, float other) {
  const int32_t lanes[4] = {0, 1, 2, 3};
  const int32x4_t lane = vld1q_s32(lanes);
  return quarters<F>([&](int i) {
    return vbslq_f32(vcltq_s32(lane, vdupq_n_s32(count - 4 * i)), a.v[i], vdupq_n_f32(other));
  });
}

CHASQUI_INLINE B loadBytes(const uint8_t* p) {
  return quarters<B>([&](int i) { return vld1q_u8(p + 16 * i); });
}
CHASQUI_INLINE B lowNibbles(B a) {
  return quarters<B>([&](int i) { return vandq_u8(a.v[i], vdupq_n_u8(15)); });
}
CHASQUI_INLINE B highNibbles(B a) {
  return quarters<B>([&](int i) { return vshrq_n_u8(a.v[i], 4); });
}
/// Adds 16 to the bytes whose bit is set in the 64 bits at p.
CHASQUI_INLINE B addSixteen(B a, const uint8_t* p) {
  const uint8_t single[16] = {1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128};
  const uint8x16_t bits = vld1q_u8(single);
  return quarters<B>([&](int i) {
    const uint8x16_t spread = vcombine_u8(vdup_n_u8(p[2 * i]), vdup_n_u8(p[2 * i + 1]));
    return vorrq_u8(a.v[i], vandq_u8(vtstq_u8(spread, bits), vdupq_n_u8(16)));
  });
}
/// Adds two bits of every byte of `high`, the pair-th, as bits 4 and 5.
template <int pair>
CHASQUI_INLINE B addHighPairs(B a, B high) {
  return quarters<B>([&](int i) {
    const int8x16_t by = vdupq_n_s8(4 - 2 * pair);
    return vorrq_u8(a.v[i], vandq_u8(vshlq_u8(high.v[i], by), vdupq_n_u8(0x30)));
  });
}
/// Four int8 in every lane.
CHASQUI_INLINE B four(const int8_t* p) {
  uint32_t bits;
  __builtin_memcpy(&bits, p, sizeof bits);
  const uint8x16_t v = vreinterpretq_u8_u32(vdupq_n_u32(bits));
  return {{v, v, v, v}};
}

CHASQUI_INLINE I nothing() {
  return quarters<I>([](int) { return vdupq_n_s32(0); });
}
CHASQUI_INLINE I minus(I a, I b) {
  return quarters<I>([&](int i) { return vsubq_s32(a.v[i], b.v[i]); });
}
CHASQUI_INLINE I times128(I a) {
  return quarters<I>([&](int i) { return vshlq_n_s32(a.v[i], 7); });
}
CHASQUI_INLINE I plus(I a, I b) {
  return quarters<I>([&](int i) { return vaddq_s32(a.v[i], b.v[i]); });
}
/// What an accumulator of dots starts with so that the result counts from weight - 2^log2Offset.
/// Whole bytes are made signed before they are multiplied, so they start from nothing.
template <int log2Offset>
CHASQUI_INLINE I start(int32_t negSum) {
  if constexpr (log2Offset < 0 || log2Offset == 7) return nothing();
  return quarters<I>([&](int) { return vdupq_n_s32(negSum * (1 << (log2Offset < 0 ? 0 : log2Offset))); });
}
/// Adds, in each lane, four products of an unsigned weight and an activation: weights up to 63 are
/// signed as they are.
template <int log2Offset>
CHASQUI_INLINE I dot(I sum, B weights, B activations) {
  return quarters<I>([&](int i) {
    const uint8x16_t w = log2Offset == 7 ? veorq_u8(weights.v[i], vdupq_n_u8(128)) : weights.v[i];
    return vdotq_s32(sum.v[i], vreinterpretq_s8_u8(w), vreinterpretq_s8_u8(activations.v[i]));
  });
}

CHASQUI_INLINE uint64_t readSome(const uint8_t* p, size_t count) {
  uint64x2_t a = vdupq_n_u64(0), b = a, c = a, d = a;
  for (size_t i = 0; i + 64 <= count; i += 64) {
    a = vaddq_u64(a, vreinterpretq_u64_u8(vld1q_u8(p + i)));
    b = vaddq_u64(b, vreinterpretq_u64_u8(vld1q_u8(p + i + 16)));
    c = vaddq_u64(c, vreinterpretq_u64_u8(vld1q_u8(p + i + 32)));
    d = vaddq_u64(d, vreinterpretq_u64_u8(vld1q_u8(p + i + 48)));
  }
  return vaddvq_u64(vaddq_u64(vaddq_u64(a, b), vaddq_u64(c, d)));
}

}  // namespace chasqui::CHASQUI_VARIANT
