#include "check.h"

namespace chasqui::cuda::test {

namespace {

/// [rows, columns] with a pitch that is a multiple of 8, NaN in between.
struct Thin {
  Thin(Type type, int rows, int columns)
      : pitch((columns + 7) / 8 * 8), memory(static_cast<size_t>(rows) * static_cast<size_t>(pitch * bytesOf(type))) {
    const Numbers values = randomNumbers(static_cast<size_t>(rows * columns));
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < columns; c++) {
        setNumber(type, memory.get(), static_cast<long>(r) * pitch + c, values[static_cast<size_t>(r * columns + c)]);
        numbers.push_back(number(type, memory.get(), static_cast<long>(r) * pitch + c));
      }
    }
  }
  int pitch;
  Buffer<uint8_t> memory;
  Numbers numbers;
};

void checkLowRank(Type type, Type rowType, int columns, int outputs, const std::vector<int>& ranks) {
  std::vector<std::unique_ptr<Thin>> downs, ups;
  std::vector<LowRankPart> parts;
  int greatest = 0;
  for (size_t a = 0; a < ranks.size(); a++) {
    downs.push_back(std::make_unique<Thin>(type, std::max(1, ranks[a]), columns));
    ups.push_back(std::make_unique<Thin>(type, outputs, std::max(1, ranks[a])));
    // rank 0: an adapter that leaves this product alone
    parts.push_back(ranks[a] == 0 ? LowRankPart{nullptr, nullptr, 0, 0.0f}
                                  : LowRankPart{downs[a]->memory.get(), ups[a]->memory.get(), ranks[a], 0.5f + static_cast<float>(a)});
    greatest = std::max(greatest, ranks[a]);
  }
  const int rows = 14;
  // rows 2, 5, 9 and 13 ask for adapter 0, nine rows for adapter 2 (two groups), row 4 for adapter 1, row 0 for none
  const std::vector<int> rowIds = {13, 2, 5, 9, 1, 3, 6, 7, 8, 10, 11, 12, 4};
  const std::vector<LowRankGroup> groups = {{0, 0, 4}, {2, 4, 8}, {1, 12, 1}, {-1, 0, 0}};
  const Grid in(rowType, rows, columns, randomNumbers(static_cast<size_t>(rows * columns)));
  const Grid out(rowType, rows, outputs, randomNumbers(static_cast<size_t>(rows * outputs)));
  const Numbers x = in.values();
  Numbers expected = out.values();
  for (const LowRankGroup& group : groups) {
    if (group.adapter < 0) continue;
    const auto a = static_cast<size_t>(group.adapter);
    for (int i = group.first; i < group.first + group.count; i++) {
      const int row = rowIds[static_cast<size_t>(i)];
      for (int r = 0; r < ranks[a]; r++) {
        double between = 0;
        for (int k = 0; k < columns; k++) between += x[static_cast<size_t>(row * columns + k)] * downs[a]->numbers[static_cast<size_t>(r * columns + k)];
        for (int n = 0; n < outputs; n++) {
          expected[static_cast<size_t>(row * outputs + n)] += parts[a].scale * between * ups[a]->numbers[static_cast<size_t>(n * ranks[a] + r)];
        }
      }
    }
  }
  const Buffer<LowRankPart> partMemory(parts);
  const Buffer<LowRankGroup> groupMemory(groups);
  const Buffer<int> ids(rowIds);
  const Buffer<float> between(groups.size() * kLowRankRows * static_cast<size_t>(greatest));
  checkOk(lowRank({in.rows(), out.rows(), partMemory.get(), type, greatest, groupMemory.get(), static_cast<int>(groups.size()), ids.get(),
                   columns, outputs, between.get()}, nullptr), "lowRank");
  checkNear(out.values(), expected, roundingOf(rowType) + 2e-6, std::string(nameOf(type)) + " on " + nameOf(rowType));
}

}  // namespace

TEST(addsWhatEachRowsAdapterAdds) {
  for (const Type type : kTypes) {
    checkLowRank(type, Type::kF32, 75, 130, {8, 3, 16});
    checkLowRank(type, Type::kBf16, 64, 21, {5, 0, 1});
  }
}

}  // namespace chasqui::cuda::test
