#include <algorithm>

#include "check.h"

namespace chasqui::cuda::test {

namespace {

/// KV memory of one layer whose blocks are handed out in random order, and the numbers in it.
struct Pages {
  Pages(Type type, int kvHeads, int headSize, int blockSize, const std::vector<int>& lengths);
  size_t at(int block, int kvHead, int within) const {
    return static_cast<size_t>(((block * kvHeads + kvHead) * blockSize + within) * headSize);
  }
  /// Where a position of a sequence begins.
  size_t at(int sequence, int position, int kvHead, bool) const {
    return at(tables[static_cast<size_t>(sequence) * stride + static_cast<size_t>(position / blockSize)], kvHead, position % blockSize);
  }
  void fill(const std::vector<int>& lengths);
  KvLayer layer() const { return {keys->get(), values->get(), type, kvHeads, headSize, blockSize}; }
  StepRows step() const { return {sequences->get(), positions->get(), tableMemory->get(), static_cast<long>(stride)}; }
  void setRows(const std::vector<int>& ofSequence, const std::vector<int>& ofPosition) {
    sequences = std::make_unique<Buffer<int>>(ofSequence);
    positions = std::make_unique<Buffer<int>>(ofPosition);
  }

  Type type;
  int kvHeads, headSize, blockSize, blocks;
  size_t stride;
  std::vector<int> tables;
  std::unique_ptr<Buffer<uint8_t>> keys, values;
  std::unique_ptr<Buffer<int>> tableMemory, sequences, positions;
};

Pages::Pages(Type type, int kvHeads, int headSize, int blockSize, const std::vector<int>& lengths)
    : type(type), kvHeads(kvHeads), headSize(headSize), blockSize(blockSize) {
  int most = 1;
  blocks = 1;
  for (const int length : lengths) {
    most = std::max(most, (length + blockSize - 1) / blockSize);
    blocks += (length + blockSize - 1) / blockSize;
  }
  stride = static_cast<size_t>(most) + 1;
  std::vector<int> free;
  for (int i = 0; i < blocks; i++) free.push_back(i);
  std::shuffle(free.begin(), free.end(), random());
  tables.assign(lengths.size() * stride, 1 << 30);  // what is behind a table must not be followed
  size_t next = 0;
  for (size_t s = 0; s < lengths.size(); s++) {
    for (int i = 0; i * blockSize < lengths[s]; i++) tables[s * stride + static_cast<size_t>(i)] = free[next++];
  }
  const size_t bytes = static_cast<size_t>(blocks * kvHeads * blockSize * headSize * bytesOf(type));
  keys = std::make_unique<Buffer<uint8_t>>(bytes);
  values = std::make_unique<Buffer<uint8_t>>(bytes);
  tableMemory = std::make_unique<Buffer<int>>(tables);
}

/// Random keys and values up to each length; everything else stays NaN.
void Pages::fill(const std::vector<int>& lengths) {
  for (size_t s = 0; s < lengths.size(); s++) {
    for (int p = 0; p < lengths[s]; p++) {
      for (int h = 0; h < kvHeads; h++) {
        const size_t from = at(static_cast<int>(s), p, h, true);
        const Numbers k = randomNumbers(static_cast<size_t>(headSize)), v = randomNumbers(static_cast<size_t>(headSize));
        for (int d = 0; d < headSize; d++) {
          setNumber(type, keys->get(), static_cast<long>(from) + d, k[static_cast<size_t>(d)]);
          setNumber(type, values->get(), static_cast<long>(from) + d, v[static_cast<size_t>(d)]);
        }
      }
    }
  }
}

/// Attention of one row and head in double.
Numbers attended(const Pages& pages, const double* query, int sequence, int position, int kvHead, double scale) {
  Numbers weights;
  double greatest = -1e300, sum = 0;
  for (int p = 0; p <= position; p++) {
    const size_t from = pages.at(sequence, p, kvHead, true);
    double score = 0;
    for (int d = 0; d < pages.headSize; d++) score += query[d] * number(pages.type, pages.keys->get(), static_cast<long>(from) + d);
    weights.push_back(score * scale);
    greatest = std::max(greatest, score * scale);
  }
  for (double& w : weights) sum += w = std::exp(w - greatest);
  Numbers out(static_cast<size_t>(pages.headSize));
  for (int p = 0; p <= position; p++) {
    const size_t from = pages.at(sequence, p, kvHead, true);
    for (int d = 0; d < pages.headSize; d++) {
      out[static_cast<size_t>(d)] += weights[static_cast<size_t>(p)] / sum * number(pages.type, pages.values->get(), static_cast<long>(from) + d);
    }
  }
  return out;
}

Numbers attendedRows(const Pages& pages, const Numbers& queries, int heads, const std::vector<int>& sequences,
                     const std::vector<int>& positions, double scale) {
  Numbers out;
  for (size_t r = 0; r < positions.size(); r++) {
    for (int h = 0; h < heads; h++) {
      const Numbers one = attended(pages, queries.data() + (r * static_cast<size_t>(heads) + static_cast<size_t>(h)) * static_cast<size_t>(pages.headSize),
                                   sequences[r], positions[r], h / (heads / pages.kvHeads), scale);
      out.insert(out.end(), one.begin(), one.end());
    }
  }
  return out;
}

struct Shape {
  int heads;
  int kvHeads;
  int headSize;
  int blockSize;
};

std::string text(const Shape& s, Type type) {
  return std::string(nameOf(type)) + ", " + std::to_string(s.heads) + " heads over " + std::to_string(s.kvHeads) + " of " +
         std::to_string(s.headSize) + ", blocks of " + std::to_string(s.blockSize);
}

void checkSingles(const Shape& s, Type queryType, Type kvType, bool split) {
  const std::vector<int> lengths = {1, 300, 17, 129, 64};
  Pages pages(kvType, s.kvHeads, s.headSize, s.blockSize, lengths);
  pages.fill(lengths);
  const std::vector<int> sequences = {3, 0, 1, 2, 4, 1}, positions = {128, 0, 299, 16, 63, 150};
  pages.setRows(sequences, positions);
  const int rows = 6, width = s.heads * s.headSize;
  const Grid queries(queryType, rows, width, randomNumbers(static_cast<size_t>(rows * width)));
  const Grid out(queryType, rows, width);
  const Buffer<int> singles(std::vector<int>{0, 1, 2, 3, 4, 5, -1});
  const Buffer<uint8_t> scratch(split ? attendScratchBytes(s.heads, s.headSize, 7, 300) : 0);
  const double scale = 1 / std::sqrt(s.headSize);
  checkOk(attend({queries.rows(), out.rows(), s.heads, static_cast<float>(scale), pages.layer(), pages.step(), singles.get(), 7,
                  nullptr, 0, 300, split ? scratch.get() : nullptr, scratch.size()}, nullptr), "attend");
  checkNear(out.values(), attendedRows(pages, queries.values(), s.heads, sequences, positions, scale), roundingOf(queryType) + 2e-6,
            text(s, kvType) + (split ? ", split" : ""));
}

void checkTiles(const Shape& s, Type queryType, Type kvType) {
  const std::vector<int> lengths = {75, 200, 3};
  Pages pages(kvType, s.kvHeads, s.headSize, s.blockSize, lengths);
  pages.fill(lengths);
  // rows 0 to 74: all of sequence 0; 75: a single of sequence 2; 76 to 105: positions 170 to 199 of sequence 1
  std::vector<int> sequences, positions;
  for (int p = 0; p < 75; p++) { sequences.push_back(0); positions.push_back(p); }
  sequences.push_back(2); positions.push_back(2);
  for (int p = 170; p < 200; p++) { sequences.push_back(1); positions.push_back(p); }
  pages.setRows(sequences, positions);
  const int rows = static_cast<int>(sequences.size()), width = s.heads * s.headSize;
  const Grid queries(queryType, rows, width, randomNumbers(static_cast<size_t>(rows * width)));
  const Grid out(queryType, rows, width);
  const Buffer<QueryTile> tiles(std::vector<QueryTile>{{0, 64}, {64, 11}, {76, 30}, {0, 0}});
  const Buffer<int> singles(std::vector<int>{75});
  const double scale = 1 / std::sqrt(s.headSize);
  checkOk(attend({queries.rows(), out.rows(), s.heads, static_cast<float>(scale), pages.layer(), pages.step(), singles.get(), 1,
                  tiles.get(), 4, 3, nullptr, 0}, nullptr), "attend");
  // weights are rounded to the type before they meet the values
  checkNear(out.values(), attendedRows(pages, queries.values(), s.heads, sequences, positions, scale), 1.5 * roundingOf(queryType) + 2e-6,
            text(s, kvType) + ", tiles");
}

}  // namespace

TEST(attendsSingleRowsOfMixedLengths) {
  for (const bool split : {false, true}) {
    checkSingles({4, 4, 64, 16}, Type::kBf16, Type::kBf16, split);
    checkSingles({6, 2, 80, 7}, Type::kF16, Type::kF16, split);
    checkSingles({8, 1, 128, 32}, Type::kBf16, Type::kBf16, split);
    checkSingles({20, 2, 8, 16}, Type::kF32, Type::kF32, split);
    checkSingles({4, 1, 256, 16}, Type::kF32, Type::kBf16, split);
    checkSingles({9, 3, 64, 1}, Type::kF32, Type::kF32, split);
    checkSingles({4, 2, 64, 16}, Type::kBf16, Type::kE4m3, split);
  }
}

TEST(attendsTilesOfAChunkedPrompt) {
  checkTiles({4, 2, 64, 16}, Type::kBf16, Type::kBf16);
  checkTiles({2, 1, 128, 32}, Type::kF16, Type::kF16);
  checkTiles({3, 3, 80, 7}, Type::kBf16, Type::kBf16);
  checkTiles({2, 2, 32, 16}, Type::kBf16, Type::kBf16);
  checkTiles({2, 1, 24, 16}, Type::kF32, Type::kF32);
  checkTiles({2, 1, 136, 16}, Type::kBf16, Type::kBf16);
  checkTiles({2, 1, 64, 16}, Type::kF16, Type::kE4m3);
  checkTiles({2, 2, 72, 8}, Type::kBf16, Type::kE4m3);
}

TEST(rowsThatFillUpAttendToNothing) {
  Pages pages(Type::kBf16, 1, 64, 16, {20});
  pages.fill({20});
  pages.setRows({0, 0}, {-1, 19});
  const Grid queries(Type::kBf16, 2, 64, randomNumbers(128));
  const Grid out(Type::kBf16, 2, 64);
  const Buffer<int> singles(std::vector<int>{0, 1});
  checkOk(attend({queries.rows(), out.rows(), 1, 0.125f, pages.layer(), pages.step(), singles.get(), 2, nullptr, 0, 20, nullptr, 0}, nullptr), "attend");
  const Numbers actual = out.values();
  for (size_t i = 0; i < 64; i++) check(actual[i] == 0, "a row that fills up is 0");
}

namespace {

void checkRotate(Type type, Type kvType, int headSize, int pairs, bool interleaved, bool store) {
  const int heads = 6, kvHeads = 2, blockSize = 4;
  Pages pages(kvType, kvHeads, headSize, blockSize, {13, 30});
  const std::vector<int> sequences = {0, 1, 0, 1}, positions = {12, 0, -1, 29};
  pages.setRows(sequences, positions);
  const int rows = 4;
  const Grid queries(type, rows, heads * headSize, randomNumbers(static_cast<size_t>(rows * heads * headSize)));
  const Grid keys(type, rows, kvHeads * headSize, randomNumbers(static_cast<size_t>(rows * kvHeads * headSize)));
  const Grid values(type, rows, kvHeads * headSize, randomNumbers(static_cast<size_t>(rows * kvHeads * headSize)));
  std::vector<float> cosines, sines;
  for (int i = 0; i < rows * pairs; i++) {
    cosines.push_back(static_cast<float>(std::cos(i * 0.7)));
    sines.push_back(static_cast<float>(std::sin(i * 0.7)));
  }
  const Buffer<float> cosine(cosines), sine(sines);
  const auto turned = [&](const Grid& grid, int count) {
    Numbers out = grid.values();
    for (int r = 0; r < rows; r++) {
      for (int h = 0; h < count && positions[static_cast<size_t>(r)] >= 0; h++) {
        double* head = out.data() + (r * count + h) * headSize;
        for (int i = 0; i < pairs; i++) {
          double &x = head[interleaved ? 2 * i : i], &y = head[interleaved ? 2 * i + 1 : i + pairs];
          const double c = cosines[static_cast<size_t>(r * pairs + i)], s = sines[static_cast<size_t>(r * pairs + i)];
          const double a = x * c - y * s, b = x * s + y * c;
          x = a;
          y = b;
        }
      }
    }
    return out;
  };
  const Numbers expectedQueries = turned(queries, heads), expectedKeys = turned(keys, kvHeads);
  const Numbers expectedValues = values.values();
  Rotate op;
  op.queries = queries.rows();
  op.keys = keys.rows();
  op.values = store ? values.rows() : Rows{};
  op.cosines = pairs == 0 ? nullptr : cosine.get();
  op.sines = sine.get();
  op.pairs = pairs;
  op.interleaved = interleaved;
  op.heads = heads;
  op.kvHeads = kvHeads;
  op.headSize = headSize;
  op.rows = rows;
  op.store = store;
  op.kv = pages.layer();
  op.step = pages.step();
  checkOk(rotate(op, nullptr), "rotate");
  const std::string what = std::string(nameOf(type)) + " to " + nameOf(kvType) + ", " + std::to_string(pairs) + " pairs of " +
                           std::to_string(headSize) + (interleaved ? ", interleaved" : ", halves") + (store ? ", stored" : "");
  checkNear(queries.values(), expectedQueries, roundingOf(type), what + ", queries");
  if (!store) return checkNear(keys.values(), expectedKeys, roundingOf(type), what + ", keys");
  Numbers storedKeys, storedValues, wantedKeys, wantedValues;
  int written = 0;
  for (int r = 0; r < rows; r++) {
    if (positions[static_cast<size_t>(r)] < 0) continue;
    for (int h = 0; h < kvHeads; h++) {
      const size_t at = pages.at(sequences[static_cast<size_t>(r)], positions[static_cast<size_t>(r)], h, true);
      for (int d = 0; d < headSize; d++, written++) {
        storedKeys.push_back(number(kvType, pages.keys->get(), static_cast<long>(at) + d));
        storedValues.push_back(number(kvType, pages.values->get(), static_cast<long>(at) + d));
        wantedKeys.push_back(expectedKeys[static_cast<size_t>((r * kvHeads + h) * headSize + d)]);
        wantedValues.push_back(expectedValues[static_cast<size_t>((r * kvHeads + h) * headSize + d)]);
      }
    }
  }
  checkNear(storedKeys, wantedKeys, roundingOf(kvType), what + ", keys");
  checkNear(storedValues, wantedValues, roundingOf(kvType), what + ", values");
  for (const auto& memory : {pages.keys.get(), pages.values.get()}) {
    int touched = 0;
    const int all = pages.blocks * kvHeads * blockSize * headSize;
    for (int i = 0; i < all; i++) touched += std::isnan(number(kvType, memory->get(), i)) ? 0 : 1;
    check(touched == written, what + ": " + std::to_string(touched) + " values of the pages were written for " + std::to_string(written));
  }
}

}  // namespace

TEST(rotatesHeadsAndStoresThemInTheirBlocks) {
  for (const Type type : kTypes) {
    for (const bool interleaved : {false, true}) {
      checkRotate(type, type, 64, 32, interleaved, true);
      checkRotate(type, Type::kBf16, 40, 10, interleaved, true);
      checkRotate(type, Type::kF32, 10, 5, interleaved, false);
    }
    checkRotate(type, Type::kBf16, 24, 0, false, true);
    checkRotate(type, Type::kE4m3, 40, 10, true, true);
  }
}

}  // namespace chasqui::cuda::test
