#include "session/step.h"

#include <cstring>
#include <stdexcept>
#include <string>

namespace chasqui::cuda {

namespace {

void check(bool holds, const char* what) {
  if (!holds) throw std::invalid_argument(std::string("the step is damaged: ") + what);
}

/// Takes arrays one behind the other, each from a multiple of 16 bytes on.
class Taker {
 public:
  size_t take(size_t words) {
    const size_t at = at_;
    at_ += (words + 3) / 4 * 4;
    return at;
  }
  size_t taken() const { return at_; }

 private:
  size_t at_ = 0;
};

void checkRange(const int* values, size_t count, int least, int end, const char* what) {
  for (size_t i = 0; i < count; i++) check(values[i] >= least && values[i] < end, what);
}

void checkGroups(const int* groups, int count, int rows, int adapters) {
  for (int i = 0; i < count; i++) {
    const int* group = groups + 3 * i;
    check(group[0] < adapters, "a group asks for an adapter that is there");
    if (group[0] < 0) continue;
    check(group[1] >= 0 && group[2] >= 1 && group[2] <= kLowRankRows && group[1] <= rows - group[2],
          "a group's rows are in the step");
  }
}

}  // namespace

StepShape readShape(const int* words, size_t count) {
  check(count >= kStepHead, "it has a head");
  StepShape shape;
  static_assert(sizeof shape == kStepHead * sizeof(int));
  std::memcpy(&shape, words, sizeof shape);
  for (int i = 0; i < kStepHead; i++) check(words[i] >= 0, "nothing is less than none");
  check(shape.rows >= 1 && shape.sequences >= 1, "it has rows");
  check(shape.wantedLogitRows <= shape.logitRows, "logits that are wanted are computed");
  check(shape.words >= 0 && static_cast<size_t>(shape.words) + kStepHead == count, "its words are there");
  return shape;
}

StepLayout layoutOf(const StepShape& shape, const std::vector<int>& pairs) {
  Taker taker;
  const size_t rows = static_cast<size_t>(shape.rows);
  const size_t logitRows = static_cast<size_t>(shape.logitRows);
  StepLayout layout{};
  layout.tokenIds = taker.take(rows);
  layout.sequences = taker.take(rows);
  layout.positions = taker.take(rows);
  layout.tables = taker.take(static_cast<size_t>(shape.sequences) * static_cast<size_t>(shape.tableStride));
  layout.singles = taker.take(static_cast<size_t>(shape.singles));
  layout.tiles = taker.take(2 * static_cast<size_t>(shape.tiles));
  layout.logitRows = taker.take(logitRows);
  layout.tokenGroups = taker.take(3 * static_cast<size_t>(shape.tokenGroups));
  layout.tokenRowIds = taker.take(shape.tokenGroups == 0 ? 0 : rows);
  layout.logitGroups = taker.take(3 * static_cast<size_t>(shape.logitGroups));
  layout.logitRowIds = taker.take(shape.logitGroups == 0 ? 0 : logitRows);
  for (int each : pairs) {
    layout.cosines.push_back(taker.take(rows * static_cast<size_t>(each)));
    layout.sines.push_back(taker.take(rows * static_cast<size_t>(each)));
  }
  layout.words = taker.taken();
  check(layout.words == static_cast<size_t>(shape.words), "its arrays fill its words");
  return layout;
}

void checkStep(const StepShape& shape, const StepLayout& layout, const int* words, int blocks, int blockSize,
               int adapters) {
  const size_t rows = static_cast<size_t>(shape.rows);
  const long context = static_cast<long>(shape.tableStride) * blockSize;
  checkRange(words + layout.sequences, rows, 0, shape.sequences, "a row's sequence is there");
  for (size_t i = 0; i < rows; i++) {
    const int position = words[layout.positions + i];
    check(position >= -1 && position < context, "a row's position is in its table");
  }
  checkRange(words + layout.tables, static_cast<size_t>(shape.sequences) * static_cast<size_t>(shape.tableStride),
             0, blocks, "a block is there");
  checkRange(words + layout.singles, static_cast<size_t>(shape.singles), -1, shape.rows, "a single is a row");
  checkRange(words + layout.logitRows, static_cast<size_t>(shape.logitRows), -1, shape.rows,
             "a logit row is a row");
  for (int i = 0; i < shape.tiles; i++) {
    const int* tile = words + layout.tiles + 2 * i;
    check(tile[0] >= 0 && tile[1] >= 0 && tile[1] <= kQueryTileRows && tile[0] <= shape.rows - tile[1],
          "a tile's rows are in the step");
  }
  checkGroups(words + layout.tokenGroups, shape.tokenGroups, shape.rows, adapters);
  checkGroups(words + layout.logitGroups, shape.logitGroups, shape.logitRows, adapters);
}

}  // namespace chasqui::cuda
