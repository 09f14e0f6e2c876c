// Sixteen lanes on AVX-512 with VNNI. Only intrinsics here: nothing inline may leak into code that
// runs on lesser CPUs.
#pragma once

#include <immintrin.h>

#include "kernels.h"

#define CHASQUI_INLINE static inline __attribute__((always_inline))

namespace chasqui::CHASQUI_VARIANT {

struct F { __m512 v; };
struct I { __m512i v; };
/// 64 bytes: 16 lanes of 4.
struct B { __m512i v; };

constexpr int kTileRows = 6;
constexpr int kTileGroups = 2;
constexpr int kFloatTileRows = 12;
/// Sums of a score that run side by side, so that one does not wait for the other.
constexpr int kScoreChains = 2;
constexpr int kQueryTile = 8;

CHASQUI_INLINE F zero() { return {_mm512_setzero_ps()}; }
CHASQUI_INLINE F set1(float x) { return {_mm512_set1_ps(x)}; }
CHASQUI_INLINE F load(const float* p) { return {_mm512_loadu_ps(p)}; }
CHASQUI_INLINE F loadHalf(const uint16_t* p) {
  return {_mm512_cvtph_ps(_mm256_loadu_si256(reinterpret_cast<const __m256i*>(p)))};
}
CHASQUI_INLINE F loadBrain(const uint16_t* p) {
  __m256i bits = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(p));
  return {_mm512_castsi512_ps(_mm512_slli_epi32(_mm512_cvtepu16_epi32(bits), 16))};
}
CHASQUI_INLINE F loadSigned(const int8_t* p) {
  __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(p));
  return {_mm512_cvtepi32_ps(_mm512_cvtepi8_epi32(bytes))};
}
CHASQUI_INLINE void store(float* p, F x) { _mm512_storeu_ps(p, x.v); }
CHASQUI_INLINE void storeHalf(uint16_t* p, F x) {
  _mm256_storeu_si256(reinterpret_cast<__m256i*>(p),
                      _mm512_cvtps_ph(x.v, _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC));
}
CHASQUI_INLINE F add(F a, F b) { return {_mm512_add_ps(a.v, b.v)}; }
CHASQUI_INLINE F sub(F a, F b) { return {_mm512_sub_ps(a.v, b.v)}; }
CHASQUI_INLINE F mul(F a, F b) { return {_mm512_mul_ps(a.v, b.v)}; }
CHASQUI_INLINE F div(F a, F b) { return {_mm512_div_ps(a.v, b.v)}; }
CHASQUI_INLINE F fma(F a, F b, F c) { return {_mm512_fmadd_ps(a.v, b.v, c.v)}; }
CHASQUI_INLINE F max(F a, F b) { return {_mm512_max_ps(a.v, b.v)}; }
CHASQUI_INLINE F min(F a, F b) { return {_mm512_min_ps(a.v, b.v)}; }
CHASQUI_INLINE F abs(F a) { return {_mm512_abs_ps(a.v)}; }
CHASQUI_INLINE float sum(F a) { return _mm512_reduce_add_ps(a.v); }
CHASQUI_INLINE float greatest(F a) { return _mm512_reduce_max_ps(a.v); }
CHASQUI_INLINE F toFloats(I a) { return {_mm512_cvtepi32_ps(a.v)}; }
CHASQUI_INLINE I round(F a) { return {_mm512_cvtps_epi32(a.v)}; }
CHASQUI_INLINE int sum(I a) { return _mm512_reduce_add_epi32(a.v); }
CHASQUI_INLINE void storeBytes(int8_t* p, I a) {
  _mm_storeu_si128(reinterpret_cast<__m128i*>(p), _mm512_cvtepi32_epi8(a.v));
}
/// 2^n for n in [-126, 127].
CHASQUI_INLINE F powerOfTwo(I n) {
  return {_mm512_castsi512_ps(_mm512_slli_epi32(_mm512_add_epi32(n.v, _mm512_set1_epi32(127)), 23))};
}
/// a where x < limit, else b.
CHASQUI_INLINE F whereLess(F x, float limit, F a, F b) {
  return {_mm512_mask_blend_ps(_mm512_cmp_ps_mask(x.v, _mm512_set1_ps(limit), _CMP_LT_OQ), b.v, a.v)};
}
/// The first `count` lanes of a, `other` in the rest.
CHASQUI_INLINE F first(F a, int count, float other) {
  __mmask16 mask = count >= 16 ? 0xffff : static_cast<__mmask16>((1u << count) - 1);
  return {_mm512_mask_blend_ps(mask, _mm512_set1_ps(other), a.v)};
}

CHASQUI_INLINE B loadBytes(const uint8_t* p) { return {_mm512_loadu_si512(p)}; }
CHASQUI_INLINE void storeLine(uint8_t* p, B a) { _mm512_storeu_si512(p, a.v); }
CHASQUI_INLINE I loadInts(const int32_t* p) { return {_mm512_loadu_si512(p)}; }
CHASQUI_INLINE B lowNibbles(B a) { return {_mm512_and_si512(a.v, _mm512_set1_epi8(15))}; }
CHASQUI_INLINE B highNibbles(B a) {
  return {_mm512_and_si512(_mm512_srli_epi16(a.v, 4), _mm512_set1_epi8(15))};
}
/// Adds 16 to the bytes whose bit is set in the 64 bits at p.
CHASQUI_INLINE B addSixteen(B a, const uint8_t* p) {
  uint64_t bits;
  __builtin_memcpy(&bits, p, sizeof bits);
  return {_mm512_mask_add_epi8(a.v, bits, a.v, _mm512_set1_epi8(16))};
}
/// Adds two bits of every byte of `high`, the pair-th, as bits 4 and 5.
template <int pair>
CHASQUI_INLINE B addHighPairs(B a, B high) {
  __m512i shifted = pair == 3   ? _mm512_srli_epi16(high.v, 2)
                    : pair == 2 ? high.v
                    : pair == 1 ? _mm512_slli_epi16(high.v, 2)
                                : _mm512_slli_epi16(high.v, 4);
  return {_mm512_or_si512(a.v, _mm512_and_si512(shifted, _mm512_set1_epi8(0x30)))};
}
/// Four int8 in every lane.
CHASQUI_INLINE B four(const int8_t* p) {
  int32_t bits;
  __builtin_memcpy(&bits, p, sizeof bits);
  return {_mm512_set1_epi32(bits)};
}

/// What an accumulator of dots starts with so that the result counts from weight - 2^log2Offset.
template <int log2Offset>
CHASQUI_INLINE I start(int32_t negSum) {
  if constexpr (log2Offset < 0) {
    return {_mm512_setzero_si512()};
  }
  return {_mm512_slli_epi32(_mm512_set1_epi32(negSum), log2Offset < 0 ? 0 : log2Offset)};
}
CHASQUI_INLINE I nothing() { return {_mm512_setzero_si512()}; }
CHASQUI_INLINE I minus(I a, I b) { return {_mm512_sub_epi32(a.v, b.v)}; }
CHASQUI_INLINE I times128(I a) { return {_mm512_slli_epi32(a.v, 7)}; }
CHASQUI_INLINE I plus(I a, I b) { return {_mm512_add_epi32(a.v, b.v)}; }
/// Adds, in each lane, four products of an unsigned weight and an activation.
template <int log2Offset>
CHASQUI_INLINE I dot(I sum, B weights, B activations) {
  return {_mm512_dpbusd_epi32(sum.v, weights.v, activations.v)};
}

CHASQUI_INLINE uint64_t readSome(const uint8_t* p, size_t count) {
  __m512i a = _mm512_setzero_si512(), b = a, c = a, d = a;
  size_t i = 0;
  for (; i + 256 <= count; i += 256) {
    a = _mm512_add_epi64(a, _mm512_loadu_si512(p + i));
    b = _mm512_add_epi64(b, _mm512_loadu_si512(p + i + 64));
    c = _mm512_add_epi64(c, _mm512_loadu_si512(p + i + 128));
    d = _mm512_add_epi64(d, _mm512_loadu_si512(p + i + 192));
  }
  return _mm512_reduce_add_epi64(_mm512_add_epi64(_mm512_add_epi64(a, b), _mm512_add_epi64(c, d)));
}

}  // namespace chasqui::CHASQUI_VARIANT
