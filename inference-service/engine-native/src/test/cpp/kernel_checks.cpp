// Holds the kernels of every variant that runs here against the portable ones, and those of AMX on
// emulated tiles, bit for bit, against those of AVX-512. Ends with 1 where any differ.

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <random>
#include <vector>

#include "../../main/cpp/cpu.h"
#include "../../main/cpp/pack.h"

namespace chasqui {
#ifdef CHASQUI_X86
extern const Kernels kAmxEmulatedKernels;
#endif

namespace {

std::mt19937 random_(1);
int failures = 0;

float gaussian() { return std::normal_distribution<float>()(random_); }

/// Says so where values lie further apart than the tolerance, by the greatest expected one.
void expectClose(const char* what, const char* variant, const std::vector<float>& actual,
                 const std::vector<float>& expected, float tolerance) {
  float greatest = 0, off = 0;
  for (size_t i = 0; i < expected.size(); i++) {
    greatest = std::max(greatest, std::fabs(expected[i]));
    const float difference = std::fabs(actual[i] - expected[i]);
    off = difference <= off ? off : difference;  // NaN stays
  }
  if (off <= tolerance * greatest) return;
  std::printf("%s of %s is off by %g of %g\n", what, variant, off, greatest);
  failures++;
}

template <class T>
void expectSame(const char* what, const char* variant, const std::vector<T>& actual,
                const std::vector<T>& expected) {
  if (std::memcmp(actual.data(), expected.data(), expected.size() * sizeof(T)) == 0) return;
  std::printf("%s of %s differs\n", what, variant);
  failures++;
}

/// Random rows, rounded to int8 or, finely, to 15 bits.
struct Activations {
  Activations(const Kernels& kernels, int rows, int blocks, bool fine)
      : values(cells(rows, blocks) * kBlock),
        quants(values.size()),
        fines(fine ? values.size() : 0),
        scales(cells(rows, blocks)),
        sums(scales.size()),
        negSums(scales.size()),
        negHalves(2 * scales.size()) {
    for (float& value : values) value = gaussian();
    of = {values.data(), static_cast<size_t>(blocks) * kBlock,
          quants.data(), fine ? fines.data() : nullptr,
          scales.data(), sums.data(),
          negSums.data(), negHalves.data(),
          blocks};
    for (int row = 0; row < rows; row++) kernels.quantise(of, row);
  }
  static size_t cells(int rows, int blocks) { return static_cast<size_t>(rows) * static_cast<size_t>(blocks); }

  std::vector<float> values;
  std::vector<int8_t> quants, fines;
  std::vector<float> scales, sums;
  std::vector<int32_t> negSums, negHalves;
  Rows of{};
};

/// Random bits with scales near 0.01.
PackedMatrix randomMatrix(Stored stored, int rows, int columns) {
  PackedMatrix packed = makeMatrix(stored, rows, columns);
  const Matrix& m = packed.matrix;
  const size_t floats = m.blocks > 0 ? m.scalesAt : 0;
  for (int g = 0; g < m.groups; g++) {
    uint8_t* group = packed.memory.get() + static_cast<size_t>(g) * m.groupBytes;
    for (size_t i = 0; i < floats; i++) group[i] = static_cast<uint8_t>(random_());
    if (m.format == Format::kF32) {
      for (int i = 0; i < columns * kGroup; i++) reinterpret_cast<float*>(group)[i] = gaussian();
      continue;
    }
    uint16_t* shorts = reinterpret_cast<uint16_t*>(group + floats);
    for (size_t i = 0; i < (m.groupBytes - floats) / 2; i++) {
      // float16 of 0.008 to 0.03, either sign; as bfloat16 it is as good as any
      shorts[i] = static_cast<uint16_t>(0x2000 + random_() % 0x0800 + (random_() % 2 << 15));
    }
  }
  return packed;
}

std::vector<float> project(const Kernels& kernels, const Matrix& m, const Rows& in, int rows) {
  const size_t stride = static_cast<size_t>(m.groups) * kGroup;
  std::vector<float> out(static_cast<size_t>(rows) * stride);
  kernels.project(m, 0, m.groups, in, 0, rows, out.data(), stride);
  return out;
}

/// Products of every format, of few and many rows; bit for bit where asked for.
void checkProducts(const Kernels& kernels, const Kernels& expected, bool exactly) {
  for (int stored = 0; stored < kStoredTypes; stored++) {
    for (int blocks : {8, 24}) {  // whole blocks of every type
      const PackedMatrix matrix = randomMatrix(static_cast<Stored>(stored), 48, blocks * kBlock);
      for (bool fine : {false, true}) {
        for (int rows : {1, 2, 5, 7, 8, 9, 15, 16, 17, 31, 32, 40}) {
          const Activations in(kPortableKernels, rows, blocks, fine);
          const std::vector<float> actual = project(kernels, matrix.matrix, in.of, rows);
          const std::vector<float> wanted = project(expected, matrix.matrix, in.of, rows);
          if (exactly) expectSame("a product", kernels.name, actual, wanted);
          else expectClose("a product", kernels.name, actual, wanted, 1e-5f);
        }
      }
    }
  }
  for (int blocks : {1, 3, 5, 18}) {  // of 32 inputs; not a multiple of what is done at once
    for (Stored stored : {Stored::kQ8Zero, Stored::kQ4Zero, Stored::kQ4One, Stored::kQ5One}) {
      const PackedMatrix matrix = randomMatrix(stored, 33, blocks * kBlock);
      const Activations in(kPortableKernels, 21, blocks, true);
      const std::vector<float> actual = project(kernels, matrix.matrix, in.of, 21);
      const std::vector<float> wanted = project(expected, matrix.matrix, in.of, 21);
      if (exactly) expectSame("a product", kernels.name, actual, wanted);
      else expectClose("a product", kernels.name, actual, wanted, 1e-5f);
    }
  }
}

void checkRows(const Kernels& kernels) {
  for (bool fine : {false, true}) {
    random_.seed(2);
    const Activations wanted(kPortableKernels, 3, 5, fine);
    random_.seed(2);
    const Activations actual(kernels, 3, 5, fine);
    expectSame("quants", kernels.name, actual.quants, wanted.quants);
    expectSame("fines", kernels.name, actual.fines, wanted.fines);
    expectSame("scales", kernels.name, actual.scales, wanted.scales);
    expectSame("sums", kernels.name, actual.negHalves, wanted.negHalves);
  }
  std::vector<float> in(64), gain(64), cosines(16), sines(16);
  for (std::vector<float>* each : {&in, &gain, &cosines, &sines}) {
    for (float& x : *each) x = gaussian();
  }
  const auto both = [&](const char* what, auto run) {
    std::vector<float> actual = in, wanted = in;
    run(kernels, actual);
    run(kPortableKernels, wanted);
    expectClose(what, kernels.name, actual, wanted, 1e-6f);
  };
  both("a norm", [&](const Kernels& k, std::vector<float>& x) { k.rmsNorm(in.data(), gain.data(), 64, 64, 1e-5f, x.data()); });
  both("a gate", [&](const Kernels& k, std::vector<float>& x) { k.swiGlu(in.data(), gain.data(), x.data(), 64); });
  both("a sum", [&](const Kernels& k, std::vector<float>& x) { k.add(gain.data(), x.data(), 64); });
  for (bool interleaved : {false, true}) {
    both("a rotation", [&](const Kernels& k, std::vector<float>& x) {
      k.rotate(x.data(), 2, {32, 16, interleaved}, cosines.data(), sines.data());
    });
  }
  in[63] = 70;
  if (kernels.greatest(in.data(), 64) != 63) failures++, std::printf("greatest of %s\n", kernels.name);
  in[62] = NAN;
  if (kernels.greatest(in.data(), 64) != -1) failures++, std::printf("greatest of %s\n", kernels.name);
}

/// Keys and values of one type, with a few queries on them.
std::vector<float> attend(const Kernels& kernels, KvElement element, int headSize, int blockSize) {
  constexpr int positions = 37, queries = 7;
  random_.seed(3);
  Pages pages{};
  pages.element = element;
  pages.kvHeads = 1;
  pages.headSize = headSize;
  pages.blockSize = blockSize;
  pages.keyPitch = (blockSize + kGroup - 1) / kGroup * kGroup;
  pages.valuePitch = (headSize + kGroup - 1) / kGroup * kGroup;
  const int blocks = (positions + blockSize - 1) / blockSize;
  std::vector<float> keys(static_cast<size_t>(blocks * headSize * pages.keyPitch));
  std::vector<float> values(static_cast<size_t>(blocks * blockSize * pages.valuePitch));
  std::vector<uint16_t> keyScales(static_cast<size_t>(blocks * pages.keyPitch)), valueScales = keyScales;
  pages.keys = keys.data();
  pages.values = values.data();
  pages.keyScales = keyScales.data();
  pages.valueScales = valueScales.data();
  for (int p = 0; p < positions; p++) {
    std::vector<float> head(static_cast<size_t>(pages.valuePitch));
    const int b = p / blockSize, within = p % blockSize;
    const size_t keyAt = static_cast<size_t>(b * headSize * pages.keyPitch + within);
    const size_t valueAt = static_cast<size_t>((b * blockSize + within) * pages.valuePitch);
    const size_t scaleAt = static_cast<size_t>(b * pages.keyPitch + within);
    for (bool isKey : {true, false}) {
      for (int d = 0; d < headSize; d++) head[static_cast<size_t>(d)] = gaussian();
      const size_t at = isKey ? keyAt : valueAt;
      const int pitch = isKey ? pages.keyPitch : 1;
      void* to = isKey ? pages.keys : pages.values;
      if (element == KvElement::kInt8) {
        kernels.toBytes(head.data(), headSize, static_cast<int8_t*>(to) + at, pitch,
                        (isKey ? pages.keyScales : pages.valueScales) + scaleAt);
        continue;
      }
      std::vector<uint16_t> halves(head.size());
      kernels.toHalves(head.data(), halves.data(), pages.valuePitch);
      for (int d = 0; d < headSize; d++) {
        const size_t cell = at + static_cast<size_t>(d * pitch);
        if (element == KvElement::kF16) static_cast<uint16_t*>(to)[cell] = halves[static_cast<size_t>(d)];
        else static_cast<float*>(to)[cell] = head[static_cast<size_t>(d)];
      }
    }
  }
  std::vector<int> table;
  for (int b = 0; b < blocks; b++) table.push_back(b);
  std::vector<float> query(static_cast<size_t>(queries * headSize)), out = query;
  for (float& x : query) x = gaussian();
  QueryTile tile{};
  tile.count = queries;
  tile.table = table.data();
  tile.scale = 0.2f;
  for (int q = 0; q < queries; q++) {
    tile.queries[q] = query.data() + q * headSize;
    tile.outs[q] = out.data() + q * headSize;
    tile.lengths[q] = positions - q * 5;
  }
  std::vector<float> scratch(static_cast<size_t>(QueryTile::kMost * (headSize + blocks * pages.keyPitch)));
  kernels.attend(tile, pages, scratch.data());
  return out;
}

void checkAttention(const Kernels& kernels) {
  for (KvElement element : {KvElement::kF32, KvElement::kF16, KvElement::kInt8}) {
    for (int headSize : {1, 13, 64, 80}) {
      for (int blockSize : {1, 5, 16, 32}) {
        expectClose("attention", kernels.name, attend(kernels, element, headSize, blockSize),
                    attend(kPortableKernels, element, headSize, blockSize), 1e-5f);
      }
    }
  }
}

int checkAll() {
  for (int variant = 1; variant < kVariants; variant++) {
    const Kernels* kernels = kernelsOf(variant);
    if (kernels == nullptr) continue;
    const int before = failures;
    checkProducts(*kernels, kPortableKernels, false);
    checkRows(*kernels);
    checkAttention(*kernels);
    std::printf("%s: %s\n", kernels->name, failures == before ? "as portable" : "DIFFERS");
  }
#ifdef CHASQUI_X86
  if (kernelsOf(2) != nullptr) {
    const int before = failures;
    checkProducts(kAmxEmulatedKernels, kAvx512Kernels, true);
    std::printf("%s: %s\n", kAmxEmulatedKernels.name, failures == before ? "the bits of avx512" : "DIFFERS");
  }
#endif
  return failures == 0 ? 0 : 1;
}

}  // namespace
}  // namespace chasqui

int main() { return chasqui::checkAll(); }
