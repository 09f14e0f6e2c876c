// Sixteen lanes as two registers of AVX2. Only intrinsics here: nothing inline may leak into code
// that runs on lesser CPUs.
#pragma once

#include <immintrin.h>

#include "kernels.h"

#define CHASQUI_INLINE static inline __attribute__((always_inline))

namespace chasqui::CHASQUI_VARIANT {

struct F { __m256 a, b; };
struct I { __m256i a, b; };
/// 64 bytes: 16 lanes of 4.
struct B { __m256i a, b; };

constexpr int kTileRows = 2;
constexpr int kTileGroups = 1;
constexpr int kFloatTileRows = 5;
/// Sums of a score that run side by side, so that one does not wait for the other.
constexpr int kScoreChains = 1;
constexpr int kQueryTile = 4;

CHASQUI_INLINE F zero() { return {_mm256_setzero_ps(), _mm256_setzero_ps()}; }
CHASQUI_INLINE F set1(float x) { return {_mm256_set1_ps(x), _mm256_set1_ps(x)}; }
CHASQUI_INLINE F load(const float* p) { return {_mm256_loadu_ps(p), _mm256_loadu_ps(p + 8)}; }
CHASQUI_INLINE __m128i eightShorts(const uint16_t* p) {
  return _mm_loadu_si128(reinterpret_cast<const __m128i*>(p));
}
CHASQUI_INLINE F loadHalf(const uint16_t* p) {
  return {_mm256_cvtph_ps(eightShorts(p)), _mm256_cvtph_ps(eightShorts(p + 8))};
}
CHASQUI_INLINE __m256 brain(__m128i bits) {
  return _mm256_castsi256_ps(_mm256_slli_epi32(_mm256_cvtepu16_epi32(bits), 16));
}
CHASQUI_INLINE F loadBrain(const uint16_t* p) {
  return {brain(eightShorts(p)), brain(eightShorts(p + 8))};
}
CHASQUI_INLINE F loadSigned(const int8_t* p) {
  __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(p));
  return {_mm256_cvtepi32_ps(_mm256_cvtepi8_epi32(bytes)),
          _mm256_cvtepi32_ps(_mm256_cvtepi8_epi32(_mm_srli_si128(bytes, 8)))};
}
CHASQUI_INLINE void store(float* p, F x) {
  _mm256_storeu_ps(p, x.a);
  _mm256_storeu_ps(p + 8, x.b);
}
CHASQUI_INLINE void storeHalf(uint16_t* p, F x) {
  __m128i* to = reinterpret_cast<__m128i*>(p);
  _mm_storeu_si128(to, _mm256_cvtps_ph(x.a, _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC));
  _mm_storeu_si128(to + 1, _mm256_cvtps_ph(x.b, _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC));
}
CHASQUI_INLINE F add(F x, F y) { return {_mm256_add_ps(x.a, y.a), _mm256_add_ps(x.b, y.b)}; }
CHASQUI_INLINE F sub(F x, F y) { return {_mm256_sub_ps(x.a, y.a), _mm256_sub_ps(x.b, y.b)}; }
CHASQUI_INLINE F mul(F x, F y) { return {_mm256_mul_ps(x.a, y.a), _mm256_mul_ps(x.b, y.b)}; }
CHASQUI_INLINE F div(F x, F y) { return {_mm256_div_ps(x.a, y.a), _mm256_div_ps(x.b, y.b)}; }
CHASQUI_INLINE F fma(F x, F y, F z) {
  return {_mm256_fmadd_ps(x.a, y.a, z.a), _mm256_fmadd_ps(x.b, y.b, z.b)};
}
CHASQUI_INLINE F max(F x, F y) { return {_mm256_max_ps(x.a, y.a), _mm256_max_ps(x.b, y.b)}; }
CHASQUI_INLINE F min(F x, F y) { return {_mm256_min_ps(x.a, y.a), _mm256_min_ps(x.b, y.b)}; }
CHASQUI_INLINE F abs(F x) {
  __m256 sign = _mm256_set1_ps(-0.0f);
  return {_mm256_andnot_ps(sign, x.a), _mm256_andnot_ps(sign, x.b)};
}
CHASQUI_INLINE float sum(F x) {
  __m256 eight = _mm256_add_ps(x.a, x.b);
  __m128 s = _mm_add_ps(_mm256_castps256_ps128(eight), _mm256_extractf128_ps(eight, 1));
  s = _mm_add_ps(s, _mm_movehl_ps(s, s));
  return _mm_cvtss_f32(_mm_add_ss(s, _mm_shuffle_ps(s, s, 1)));
}
CHASQUI_INLINE float greatest(F x) {
  __m256 eight = _mm256_max_ps(x.a, x.b);
  __m128 s = _mm_max_ps(_mm256_castps256_ps128(eight), _mm256_extractf128_ps(eight, 1));
  s = _mm_max_ps(s, _mm_movehl_ps(s, s));
  return _mm_cvtss_f32(_mm_max_ss(s, _mm_shuffle_ps(s, s, 1)));
}
CHASQUI_INLINE F toFloats(I x) { return {_mm256_cvtepi32_ps(x.a), _mm256_cvtepi32_ps(x.b)}; }
CHASQUI_INLINE I round(F x) { return {_mm256_cvtps_epi32(x.a), _mm256_cvtps_epi32(x.b)}; }
CHASQUI_INLINE int sum(I x) {
  __m256i eight = _mm256_add_epi32(x.a, x.b);
  __m128i s = _mm_add_epi32(_mm256_castsi256_si128(eight), _mm256_extracti128_si256(eight, 1));
  s = _mm_add_epi32(s, _mm_shuffle_epi32(s, 0x4e));
  return _mm_cvtsi128_si32(_mm_add_epi32(s, _mm_shuffle_epi32(s, 0xb1)));
}
CHASQUI_INLINE void storeBytes(int8_t* p, I x) {
  __m256i shorts = _mm256_permute4x64_epi64(_mm256_packs_epi32(x.a, x.b), 0xd8);
  __m128i bytes = _mm_packs_epi16(_mm256_castsi256_si128(shorts), _mm256_extracti128_si256(shorts, 1));
  _mm_storeu_si128(reinterpret_cast<__m128i*>(p), bytes);
}
CHASQUI_INLINE __m256 eightPowersOfTwo(__m256i n) {
  return _mm256_castsi256_ps(_mm256_slli_epi32(_mm256_add_epi32(n, _mm256_set1_epi32(127)), 23));
}
/// 2^n for n in [-126, 127].
CHASQUI_INLINE F powerOfTwo(I n) { return {eightPowersOfTwo(n.a), eightPowersOfTwo(n.b)}; }
/// a where x < limit, else b.
CHASQUI_INLINE F whereLess(F x, float limit, F a, F b) {
  __m256 l = _mm256_set1_ps(limit);
  return {_mm256_blendv_ps(b.a, a.a, _mm256_cmp_ps(x.a, l, _CMP_LT_OQ)),
          _mm256_blendv_ps(b.b, a.b, _mm256_cmp_ps(x.b, l, _CMP_LT_OQ))};
}
/// The first `count` lanes of a, `other` in the rest.
CHASQUI_INLINE F first(F x, int count, float other) {
  __m256i n = _mm256_set1_epi32(count);
  __m256 o = _mm256_set1_ps(other);
  __m256i low = _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7);
  __m256i high = _mm256_setr_epi32(8, 9, 10, 11, 12, 13, 14, 15);
  return {_mm256_blendv_ps(o, x.a, _mm256_castsi256_ps(_mm256_cmpgt_epi32(n, low))),
          _mm256_blendv_ps(o, x.b, _mm256_castsi256_ps(_mm256_cmpgt_epi32(n, high)))};
}

CHASQUI_INLINE B loadBytes(const uint8_t* p) {
  return {_mm256_loadu_si256(reinterpret_cast<const __m256i*>(p)),
          _mm256_loadu_si256(reinterpret_cast<const __m256i*>(p + 32))};
}
CHASQUI_INLINE B lowNibbles(B x) {
  __m256i mask = _mm256_set1_epi8(15);
  return {_mm256_and_si256(x.a, mask), _mm256_and_si256(x.b, mask)};
}
CHASQUI_INLINE B highNibbles(B x) {
  return lowNibbles({_mm256_srli_epi16(x.a, 4), _mm256_srli_epi16(x.b, 4)});
}
CHASQUI_INLINE __m256i sixteens(const uint8_t* p) {
  int32_t bits;
  __builtin_memcpy(&bits, p, sizeof bits);
  __m256i spread = _mm256_shuffle_epi8(
      _mm256_set1_epi32(bits),
      _mm256_setr_epi8(0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2, 2, 3, 3,
                       3, 3, 3, 3, 3, 3));
  __m256i single = _mm256_set1_epi64x(static_cast<long long>(0x8040201008040201ULL));
  __m256i set = _mm256_cmpeq_epi8(_mm256_and_si256(spread, single), single);
  return _mm256_and_si256(set, _mm256_set1_epi8(16));
}
/// Adds 16 to the bytes whose bit is set in the 64 bits at p.
CHASQUI_INLINE B addSixteen(B x, const uint8_t* p) {
  return {_mm256_or_si256(x.a, sixteens(p)), _mm256_or_si256(x.b, sixteens(p + 4))};
}
template <int pair>
CHASQUI_INLINE __m256i highPairs(__m256i high) {
  __m256i shifted = pair == 3   ? _mm256_srli_epi16(high, 2)
                    : pair == 2 ? high
                    : pair == 1 ? _mm256_slli_epi16(high, 2)
                                : _mm256_slli_epi16(high, 4);
  return _mm256_and_si256(shifted, _mm256_set1_epi8(0x30));
}
/// Adds two bits of every byte of `high`, the pair-th, as bits 4 and 5.
template <int pair>
CHASQUI_INLINE B addHighPairs(B x, B high) {
  return {_mm256_or_si256(x.a, highPairs<pair>(high.a)),
          _mm256_or_si256(x.b, highPairs<pair>(high.b))};
}
/// Four int8 in every lane.
CHASQUI_INLINE B four(const int8_t* p) {
  int32_t bits;
  __builtin_memcpy(&bits, p, sizeof bits);
  __m256i v = _mm256_set1_epi32(bits);
  return {v, v};
}

CHASQUI_INLINE I nothing() { return {_mm256_setzero_si256(), _mm256_setzero_si256()}; }
CHASQUI_INLINE I minus(I x, I y) {
  return {_mm256_sub_epi32(x.a, y.a), _mm256_sub_epi32(x.b, y.b)};
}
CHASQUI_INLINE I times128(I x) {
  return {_mm256_slli_epi32(x.a, 7), _mm256_slli_epi32(x.b, 7)};
}
CHASQUI_INLINE I plus(I x, I y) {
  return {_mm256_add_epi32(x.a, y.a), _mm256_add_epi32(x.b, y.b)};
}
/// What an accumulator of dots starts with so that the result counts from weight - 2^log2Offset.
/// Whole bytes are made signed before they are multiplied, so they start from nothing.
template <int log2Offset>
CHASQUI_INLINE I start(int32_t negSum) {
  if constexpr (log2Offset < 0 || log2Offset == 7) {
    return nothing();
  } else {
    __m256i v = _mm256_slli_epi32(_mm256_set1_epi32(negSum), log2Offset);
    return {v, v};
  }
}
CHASQUI_INLINE __m256i eightDots(__m256i sum, __m256i weights, __m256i activations) {
  __m256i pairs = _mm256_maddubs_epi16(weights, activations);
  return _mm256_add_epi32(sum, _mm256_madd_epi16(pairs, _mm256_set1_epi16(1)));
}
CHASQUI_INLINE __m256i eightSignedDots(__m256i sum, __m256i weights, __m256i activations) {
  __m256i centred = _mm256_xor_si256(weights, _mm256_set1_epi8(-128));
  return eightDots(sum, _mm256_abs_epi8(centred), _mm256_sign_epi8(activations, centred));
}
/// Adds, in each lane, four products of an unsigned weight and an activation. Sums of two products
/// pass through 16 bits: weights up to 63 fit, and so do bytes once they are signed.
template <int log2Offset>
CHASQUI_INLINE I dot(I sum, B weights, B activations) {
  if constexpr (log2Offset == 7) {
    return {eightSignedDots(sum.a, weights.a, activations.a),
            eightSignedDots(sum.b, weights.b, activations.b)};
  } else {
    return {eightDots(sum.a, weights.a, activations.a), eightDots(sum.b, weights.b, activations.b)};
  }
}

CHASQUI_INLINE uint64_t readSome(const uint8_t* p, size_t count) {
  __m256i a = _mm256_setzero_si256(), b = a, c = a, d = a;
  for (size_t i = 0; i + 128 <= count; i += 128) {
    const __m256i* at = reinterpret_cast<const __m256i*>(p + i);
    a = _mm256_add_epi64(a, _mm256_loadu_si256(at));
    b = _mm256_add_epi64(b, _mm256_loadu_si256(at + 1));
    c = _mm256_add_epi64(c, _mm256_loadu_si256(at + 2));
    d = _mm256_add_epi64(d, _mm256_loadu_si256(at + 3));
  }
  __m256i all = _mm256_add_epi64(_mm256_add_epi64(a, b), _mm256_add_epi64(c, d));
  return static_cast<uint64_t>(_mm256_extract_epi64(all, 0) + _mm256_extract_epi64(all, 2));
}

}  // namespace chasqui::CHASQUI_VARIANT
