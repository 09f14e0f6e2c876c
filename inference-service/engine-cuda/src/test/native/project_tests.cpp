#include "check.h"
#include "kernels/project.h"

namespace chasqui::cuda::test {

namespace {

Numbers product(const Numbers& in, const Numbers& weights, int rows, int outputs, int columns) {
  Numbers out;
  for (int m = 0; m < rows; m++) {
    for (int n = 0; n < outputs; n++) {
      double sum = 0;
      for (int k = 0; k < columns; k++) sum += in[static_cast<size_t>(m * columns + k)] * weights[static_cast<size_t>(n * columns + k)];
      out.push_back(sum);
    }
  }
  return out;
}

struct Case {
  int rows;
  int outputs;
  int columns;
};

/// Tensor cores round weights to the activations' type; everything else is exact but for sums.
double toleranceOf(Type in, Stored stored, Type out, int rows) {
  const bool rounded = in == Type::kBf16 && stored != Stored::kBf16 && rows > kMostByMemory;
  return roundingOf(out) + 4e-6 + (rounded ? 3e-3 : 0);
}

void checkProject(Type in, Stored stored, Type out, const Case& c, bool accumulate, bool scratch) {
  const Weights weights(stored, c.outputs, c.columns);
  const Grid x(in, c.rows, c.columns, randomNumbers(static_cast<size_t>(c.rows * c.columns)));
  Grid y(out, c.rows, c.outputs);
  Numbers expected = product(x.values(), weights.numbers, c.rows, c.outputs, c.columns);
  if (accumulate) {
    y.set(randomNumbers(expected.size(), 2.0));
    const Numbers before = y.values();
    for (size_t i = 0; i < expected.size(); i++) expected[i] += before[i];
  }
  const Buffer<uint8_t> room(scratch ? projectScratchBytes(weights.matrix, c.rows) : 0);
  checkOk(project({x.rows(), c.rows, weights.matrix, y.rows(), accumulate, scratch ? room.get() : nullptr, room.size()}, nullptr), "project");
  const std::string what = std::string(nameOf(in)) + " times " + nameOf(stored) + " to " + nameOf(out) + " of " +
                           std::to_string(c.rows) + " x " + std::to_string(c.outputs) + " x " + std::to_string(c.columns) +
                           (accumulate ? ", added" : "") + (scratch ? ", split" : "");
  checkNear(y.values(), expected, toleranceOf(in, stored, out, c.rows), what);
}

int oddColumns(Stored stored, int columns) {
  return static_cast<int>(stored) < 3 ? columns : stored == Stored::kQ4K || stored == Stored::kQ6K ? (columns + 255) / 256 * 256
                                                                                                : (columns + 31) / 32 * 32;
}

}  // namespace

TEST(multipliesFewRowsWithWeightsOfEveryType) {
  for (const Stored stored : kStoredTypes) {
    for (const Type in : kTypes) {
      for (const int rows : {1, 3, 8}) {
        checkProject(in, stored, in, {rows, 21, oddColumns(stored, 75)}, false, false);
      }
      checkProject(in, stored, Type::kF32, {2, 5, oddColumns(stored, 1060)}, true, false);
    }
  }
}

TEST(multipliesManyRowsOnTensorCores) {
  for (const Stored stored : kStoredTypes) {
    checkProject(Type::kBf16, stored, Type::kBf16, {5, 130, oddColumns(stored, 75)}, false, false);
    checkProject(Type::kBf16, stored, Type::kF32, {70, 21, oddColumns(stored, 330)}, true, false);
  }
  checkProject(Type::kBf16, Stored::kBf16, Type::kF16, {37, 67, 201}, true, false);
  checkProject(Type::kBf16, Stored::kQ4Zero, Type::kBf16, {133, 129, 96}, false, false);
  checkProject(Type::kF16, Stored::kF16, Type::kF16, {133, 129, 83}, false, false);
  checkProject(Type::kF16, Stored::kF16, Type::kF32, {64, 33, 1}, false, false);
}

TEST(takesSmallerTilesWhereThereIsLessSharedMemory) {
  emulated::setSharedBytes(99 * 1024);
  checkProject(Type::kBf16, Stored::kBf16, Type::kF32, {70, 21, 75}, false, false);
  emulated::setSharedBytes(227 * 1024);
}

TEST(splitsColumnsAmongBlocksWhereThereIsRoom) {
  for (const Stored stored : {Stored::kBf16, Stored::kQ8Zero, Stored::kQ4K}) {
    checkProject(Type::kBf16, stored, Type::kF32, {9, 19, oddColumns(stored, 1090)}, false, true);
    checkProject(Type::kBf16, stored, Type::kBf16, {17, 19, oddColumns(stored, 1090)}, true, true);
  }
}

TEST(scratchIsEnoughForEveryNumberOfRows) {
  const Matrix weight{Stored::kBf16, 300, 4096, nullptr};
  const size_t bytes = projectScratchBytes(weight, 300);
  for (int rows = 5; rows <= 300; rows++) {
    const int parts = projectManyParts(weight, rows);
    check(parts == 1 || static_cast<size_t>(parts) * static_cast<size_t>(rows) * 300 * 4 <= bytes, "scratch of " + std::to_string(rows) + " rows");
  }
}

TEST(multipliesManyRowsOfFloat32Exactly) {
  for (const Stored stored : kStoredTypes) {
    checkProject(Type::kF32, stored, Type::kF32, {67, 70, oddColumns(stored, 75)}, false, false);
    checkProject(Type::kF32, stored, Type::kBf16, {9, 3, oddColumns(stored, 40)}, true, false);
  }
}

TEST(multipliesManyRowsOfOtherPairsOfTypesInSlices) {
  checkProject(Type::kF16, Stored::kQ8Zero, Type::kF16, {19, 10, 64}, false, false);
  checkProject(Type::kF16, Stored::kBf16, Type::kF32, {10, 10, 64}, true, false);
}

}  // namespace chasqui::cuda::test
