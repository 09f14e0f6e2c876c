#include "check.h"

namespace chasqui::cuda::test {

namespace {
constexpr int kWidths[] = {1, 7, 8, 64, 576, 2051};
}

TEST(embedsRowsOfTablesOfEveryType) {
  for (const Stored stored : kStoredTypes) {
    const int width = static_cast<int>(stored) < 3 ? 83 : 512;
    const Weights table(stored, 19, width);
    const std::vector<int> ids = {18, 0, 7, 7, -1, 19, 3};
    for (const Type type : kTypes) {
      const Grid out(type, static_cast<int>(ids.size()), width);
      const Buffer<int> tokenIds(ids);
      checkOk(embed({table.matrix, tokenIds.get(), static_cast<int>(ids.size()), out.rows()}, nullptr), "embed");
      const Numbers actual = out.values();
      for (size_t r = 0; r < ids.size(); r++) {
        const Numbers row(actual.begin() + static_cast<long>(r) * width, actual.begin() + static_cast<long>(r + 1) * width);
        const std::string what = std::string(nameOf(stored)) + " to " + nameOf(type) + " row " + std::to_string(r);
        if (ids[r] < 0 || ids[r] >= 19) {
          for (const double v : row) check(std::isnan(v), what + " of no token is NaN");
          continue;
        }
        const auto from = table.numbers.begin() + static_cast<long>(ids[r]) * width;
        checkNear(row, Numbers(from, from + width), roundingOf(type), what);
      }
    }
  }
}

TEST(normalisesRowsAndAddsATermFirst) {
  for (const int width : kWidths) {
    for (const Type type : kTypes) {
      for (const bool withTerm : {false, true}) {
        const int rows = 3;
        const size_t count = static_cast<size_t>(rows * width);
        const Grid in(Type::kF32, rows, width, randomNumbers(count, 3.0));
        const Grid term(type, rows, width, randomNumbers(count, 1.0));
        const Grid out(type, rows, width);
        const Numbers gains = randomNumbers(static_cast<size_t>(width));
        const Buffer<float> gain(std::vector<float>(gains.begin(), gains.end()));
        Numbers sum = in.values();
        const Numbers terms = term.values();
        for (size_t i = 0; i < count && withTerm; i++) sum[i] += terms[i];
        checkOk(norm({in.rows(), withTerm ? term.rows() : Rows{}, gain.get(), 1e-5f, out.rows(), width, rows}, nullptr), "norm");
        Numbers expected(count);
        for (int r = 0; r < rows; r++) {
          double squares = 0;
          for (int i = 0; i < width; i++) squares += std::pow(sum[static_cast<size_t>(r * width + i)], 2);
          for (int i = 0; i < width; i++) {
            const auto at = static_cast<size_t>(r * width + i);
            expected[at] = sum[at] / std::sqrt(squares / width + 1e-5) * gains[static_cast<size_t>(i)];
          }
        }
        const std::string what = "width " + std::to_string(width) + " to " + nameOf(type);
        checkNear(out.values(), expected, roundingOf(type), what);
        checkNear(in.values(), sum, 1e-6, what + ", sum");
      }
    }
  }
}

TEST(normalisesInPlace) {
  const Grid in(Type::kBf16, 2, 100, randomNumbers(200));
  const Numbers before = in.values();
  const Buffer<float> gain(std::vector<float>(100, 2.0f));
  checkOk(norm({in.rows(), Rows{}, gain.get(), 0.0f, in.rows(), 100, 2}, nullptr), "norm");
  double squares = 0;
  for (const double v : in.values()) squares += v * v;
  checkNear({squares}, {4.0 * 200}, 1e-2, "sum of squares");
}

TEST(addsBiasTermsAndGates) {
  for (const int width : kWidths) {
    for (const Type type : kTypes) {
      const int rows = 4;
      const size_t count = static_cast<size_t>(rows * width);
      const Grid a(type, rows, width, randomNumbers(count)), b(Type::kF32, rows, width, randomNumbers(count));
      const Grid gated(type, rows, width), residual(Type::kF32, rows, width, randomNumbers(count));
      const Numbers biases = randomNumbers(static_cast<size_t>(width));
      const Buffer<float> bias(std::vector<float>(biases.begin(), biases.end()));
      Numbers expectedGate, expectedSum = residual.values(), expectedBias = a.values();
      const Numbers as = a.values(), bs = b.values();
      for (size_t i = 0; i < count; i++) {
        expectedGate.push_back(as[i] / (1 + std::exp(-as[i])) * bs[i]);
        expectedSum[i] += as[i];
        expectedBias[i] += biases[i % static_cast<size_t>(width)];
      }
      const std::string what = "width " + std::to_string(width) + " of " + nameOf(type);
      checkOk(swiGlu({a.rows(), b.rows(), gated.rows(), width, rows}, nullptr), "swiGlu");
      checkNear(gated.values(), expectedGate, roundingOf(type), what + " gated");
      checkOk(add({a.rows(), residual.rows(), width, rows}, nullptr), "add");
      checkNear(residual.values(), expectedSum, 1e-6, what + " sum");
      checkOk(addBias({bias.get(), a.rows(), width, rows}, nullptr), "addBias");
      checkNear(a.values(), expectedBias, roundingOf(type), what + " bias");
    }
  }
}

TEST(takesRowsAndLeavesThoseThatAreNotAskedFor) {
  const Grid in(Type::kF32, 5, 37, randomNumbers(5 * 37));
  const Grid out(Type::kBf16, 3, 37, Numbers(3 * 37, 9.0));
  const Buffer<int> ids(std::vector<int>{4, -1, 0});
  checkOk(takeRows({in.rows(), ids.get(), out.rows(), 37, 3}, nullptr), "takeRows");
  const Numbers from = in.values(), actual = out.values();
  Numbers expected;
  for (const int id : {4, -1, 0}) {
    for (int i = 0; i < 37; i++) expected.push_back(id < 0 ? 9.0 : from[static_cast<size_t>(id * 37 + i)]);
  }
  checkNear(actual, expected, 4e-3, "rows");
}

TEST(refusesWhatIsNotAligned) {
  const Grid in(Type::kF32, 2, 16, randomNumbers(32));
  Rows odd = in.rows();
  odd.stride = 17;
  check(add({odd, in.rows(), 16, 2}, nullptr) == kInvalidValue, "a stride of 17");
  check(storedRowBytes(Stored::kQ4K, 128) == 0, "half a block of Q4_K");
}

}  // namespace chasqui::cuda::test
