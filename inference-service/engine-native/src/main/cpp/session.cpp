#include "session.h"

#include <algorithm>
#include <cmath>
#include <cstring>

namespace chasqui {

namespace {

constexpr int kMostChunks = 0xffff;
constexpr int kChunksPerThread = 8;
constexpr int kMostRowsOfProduct = 256;
constexpr int kRowsOfAttention = 16;
/// Fewer values than this are not worth another thread.
constexpr int kValuesPerRowChunk = 4096;

int ceilDiv(int a, int b) { return (a + b - 1) / b; }
int roundUp(int a, int b) { return ceilDiv(a, b) * b; }

class Packing final : public Work {
 public:
  Packing(Stored stored, const uint8_t* rows, const PackedMatrix& to)
      : stored_(stored), rows_(rows), to_(to), perChunk_(std::max(1, ceilDiv(to.matrix.groups, 4096))) {}

  int chunks(int stage) override { return stage == 0 ? ceilDiv(to_.matrix.groups, perChunk_) : -1; }

  void run(int, int chunk, int) override {
    const int end = std::min((chunk + 1) * perChunk_, to_.matrix.groups);
    for (int group = chunk * perChunk_; group < end; group++) packGroup(stored_, rows_, to_, group);
  }

 private:
  Stored stored_;
  const uint8_t* rows_;
  const PackedMatrix& to_;
  int perChunk_;
};

}  // namespace

Session::Session(const Kernels& kernels, int threads, bool fine)
    : kernels_(kernels), fine_(fine), team_(threads), scores_(static_cast<size_t>(threads)) {}

int Session::addMatrix(Stored stored, int rows, int columns, const uint8_t* bytes) {
  packed_.push_back(makeMatrix(stored, rows, columns));
  Packing packing(stored, bytes, packed_.back());
  team_.run(packing);
  matrices_.push_back(packed_.back().matrix);
  return static_cast<int>(packed_.size()) - 1;
}

int Session::addVector(const float* values, int count) {
  Memory<float> copy = zeroed<float>(static_cast<size_t>(roundUp(count, kGroup)));
  std::copy_n(values, count, copy.get());
  vectors_.push_back(std::move(copy));
  vectorLengths_.push_back(count);
  return static_cast<int>(vectors_.size()) - 1;
}

void Session::setProgram(const std::vector<int>& slots, const std::vector<int>& code, int logits,
                         const KvSizes& kv, int adapters) {
  program_ = readProgram(slots, code, logits, matrices_, vectorLengths_, kv, adapters);
  kv_ = kv;
  slots_ = std::vector<Slot>(program_.slots.size());
  for (size_t i = 0; i < slots_.size(); i++) {
    slots_[i].rows.stride = static_cast<size_t>(roundUp(program_.slots[i].width, kGroup));
  }
  markQuantised();
  makePages(kv);
}

void Session::markQuantised() {
  for (const Stage& stage : program_.stages) {
    for (const Command& command : stage.commands) {
      if (command.code != Code::kQuantise) continue;
      Slot& slot = slots_[static_cast<size_t>(command.in)];
      slot.quantised = true;
      slot.rows.blocks = program_.slots[static_cast<size_t>(command.in)].width / kBlock;
    }
  }
}

/// Of itself as exact as the products: float32 where the weights are floats, float16 where they are
/// not.
KvElement Session::elementOf(KvType type) const {
  switch (type) {
    case KvType::kF32: return KvElement::kF32;
    case KvType::kF16: return KvElement::kF16;
    case KvType::kInt8: return KvElement::kInt8;
    case KvType::kAuto: break;
  }
  const bool rounds = std::any_of(matrices_.begin(), matrices_.end(), [](const Matrix& m) { return m.blocks > 0; });
  return rounds ? KvElement::kF16 : KvElement::kF32;
}

void Session::makePages(const KvSizes& kv) {
  Pages pages{};
  pages.kvHeads = kv.kvHeads;
  pages.headSize = kv.headSize;
  pages.blockSize = kv.blockSize;
  pages.keyPitch = roundUp(kv.blockSize, kGroup);
  pages.valuePitch = roundUp(kv.headSize, kGroup);
  const size_t heads = static_cast<size_t>(kv.blocks) * static_cast<size_t>(kv.kvHeads);
  const size_t keys = heads * static_cast<size_t>(kv.headSize) * static_cast<size_t>(pages.keyPitch);
  const size_t values = heads * static_cast<size_t>(kv.blockSize) * static_cast<size_t>(pages.valuePitch);
  pages.element = elementOf(kv.type);
  const size_t size = pages.element == KvElement::kF32   ? sizeof(float)
                      : pages.element == KvElement::kF16 ? sizeof(uint16_t)
                                                         : sizeof(int8_t);
  const size_t scales = pages.element == KvElement::kInt8 ? heads * static_cast<size_t>(pages.keyPitch) : 0;
  for (int layer = 0; layer < kv.layers; layer++) {
    pageMemory_.push_back(zeroed<uint8_t>(keys * size));
    pages.keys = pageMemory_.back().get();
    pageMemory_.push_back(zeroed<uint8_t>(values * size));
    pages.values = pageMemory_.back().get();
    if (scales > 0) {
      scaleMemory_.push_back(zeroed<uint16_t>(2 * scales));
      pages.keyScales = scaleMemory_.back().get();
      pages.valueScales = pages.keyScales + scales;
    }
    pages_.push_back(pages);
  }
}

const float* Session::logits() const {
  return slots_[static_cast<size_t>(program_.logits)].rows.values;
}
size_t Session::logitStride() const {
  return slots_[static_cast<size_t>(program_.logits)].rows.stride;
}
int Session::vocabularySize() const {
  return program_.slots[static_cast<size_t>(program_.logits)].width;
}

float* Session::row(int slot, int row) {
  const Rows& rows = slots_[static_cast<size_t>(slot)].rows;
  return rows.values + static_cast<size_t>(row) * rows.stride;
}

int Session::rowsOf(bool ofLogitRows) const {
  return ofLogitRows ? step_->logitRowCount : step_->rows;
}

// ---- a step ------------------------------------------------------------------------------------

void Session::run(const StepView& step) {
  prepare(step);
  team_.run(*this);
  step_ = nullptr;
}

void Session::prepare(const StepView& step) {
  step_ = &step;
  for (size_t i = 0; i < slots_.size(); i++) {
    grow(static_cast<int>(i), rowsOf(program_.slots[i].ofLogitRows));
  }
  cosines_.clear();
  sines_.clear();
  const float* next = step.angles;
  for (int pairs : program_.pairs) {
    const size_t count = static_cast<size_t>(step.rows) * static_cast<size_t>(pairs);
    cosines_.push_back(next);
    sines_.push_back(next + count);
    next += 2 * count;
  }
  greatest_.resize(static_cast<size_t>(step.logitRowCount));
  prepareAttention();
}

/// Room for some rows; what is behind the width of a row stays zero for good.
void Session::grow(int index, int rows) {
  Slot& slot = slots_[static_cast<size_t>(index)];
  if (rows <= slot.capacity) return;
  const size_t count = static_cast<size_t>(rows);
  slot.values = zeroed<float>(count * slot.rows.stride);
  slot.rows.values = slot.values.get();
  if (slot.quantised) {
    const size_t blocks = count * static_cast<size_t>(slot.rows.blocks);
    slot.quants = zeroed<int8_t>(blocks * kBlock);
    if (fine_) slot.fines = zeroed<int8_t>(blocks * kBlock);
    slot.scales = zeroed<float>(blocks);
    slot.sums = zeroed<float>(blocks);
    slot.negSums = zeroed<int32_t>(blocks);
    slot.negHalves = zeroed<int32_t>(2 * blocks);
    slot.rows.quants = slot.quants.get();
    slot.rows.fines = slot.fines.get();
    slot.rows.scales = slot.scales.get();
    slot.rows.sums = slot.sums.get();
    slot.rows.negSums = slot.negSums.get();
    slot.rows.negHalves = slot.negHalves.get();
  }
  slot.capacity = rows;
}

void Session::prepareAttention() {
  attentionChunks_.clear();
  sliceOfRow_.resize(static_cast<size_t>(step_->rows));
  adapterAsked_.assign(static_cast<size_t>(program_.adapters), 0);
  int longest = 0;
  for (int s = 0; s < step_->sliceCount; s++) {
    const StepSlice& slice = step_->slices[s];
    longest = std::max(longest, slice.startPosition + slice.rows);
    if (slice.adapter >= 0) adapterAsked_[static_cast<size_t>(slice.adapter)] = 1;
    std::fill_n(sliceOfRow_.begin() + slice.firstRow, slice.rows, s);
    for (int head = 0; head < kv_.kvHeads; head++) {
      for (int first = 0; first < slice.rows; first += kRowsOfAttention) {
        attentionChunks_.push_back({s, head, first, std::min(kRowsOfAttention, slice.rows - first)});
      }
    }
  }
  if (pages_.empty()) return;
  const size_t positions = static_cast<size_t>(ceilDiv(longest, kv_.blockSize)) *
                               static_cast<size_t>(pages_[0].keyPitch) +
                           static_cast<size_t>(kv_.headSize);
  if (positions * QueryTile::kMost > scoreCapacity_) {
    scoreCapacity_ = positions * QueryTile::kMost;
    for (Memory<float>& scores : scores_) scores = zeroed<float>(scoreCapacity_);
  }
}

/// Behind the program's stages comes one that looks for the greatest logit of each row.
int Session::chunks(int index) {
  const int behind = index - static_cast<int>(program_.stages.size());
  if (behind >= 0) return behind == 0 ? std::min(step_->logitRowCount, kMostChunks) : -1;
  const Stage& stage = program_.stages[static_cast<size_t>(index)];
  const int rows = rowsOf(stage.ofLogitRows);
  if (rows == 0) return 0;
  switch (stage.kind) {
    case Stage::Kind::kRows: return ceilDiv(rows, rowsPerChunk(rows));
    case Stage::Kind::kProject: {
      const int adapter = stage.commands[0].adapter;
      if (adapter >= 0 && adapterAsked_[static_cast<size_t>(adapter)] == 0) return 0;
      return cutProduct(stage.commands[0], rows);
    }
    case Stage::Kind::kAttend:
      return std::min(static_cast<int>(attentionChunks_.size()), kMostChunks);
  }
  return -1;
}

void Session::run(int index, int chunk, int worker) {
  if (static_cast<size_t>(index) == program_.stages.size()) {
    findGreatest(chunk);
    return;
  }
  const Stage& stage = program_.stages[static_cast<size_t>(index)];
  switch (stage.kind) {
    case Stage::Kind::kRows: runRows(stage, chunk); break;
    case Stage::Kind::kProject:
      runProduct(stage.commands[0], chunk, rowsOf(stage.ofLogitRows));
      break;
    case Stage::Kind::kAttend:
      // the last chunk takes what the ticket has no room for
      attend(stage.commands[0], attentionChunks_[static_cast<size_t>(chunk)], worker);
      if (chunk == kMostChunks - 1) {
        for (size_t i = kMostChunks; i < attentionChunks_.size(); i++) {
          attend(stage.commands[0], attentionChunks_[i], worker);
        }
      }
      break;
  }
}

void Session::findGreatest(int chunk) {
  for (int r = chunk; r < step_->logitRowCount; r += kMostChunks) {
    greatest_[static_cast<size_t>(r)] = kernels_.greatest(row(program_.logits, r), vocabularySize());
  }
}

// ---- row by row --------------------------------------------------------------------------------

int Session::rowsPerChunk(int rows) const {
  const int width = static_cast<int>(slots_[0].rows.stride);
  const int worth = std::max(1, kValuesPerRowChunk / width);
  const int even = ceilDiv(rows, team_.threads() * 4);
  return std::min(rows, std::max({worth, even, ceilDiv(rows, kMostChunks)}));
}

void Session::runRows(const Stage& stage, int chunk) {
  const int rows = rowsOf(stage.ofLogitRows);
  const int each = rowsPerChunk(rows);
  const int end = std::min((chunk + 1) * each, rows);
  for (int row = chunk * each; row < end; row++) {
    for (const Command& command : stage.commands) runRow(command, row);
  }
}

void Session::runRow(const Command& c, int r) {
  switch (c.code) {
    case Code::kEmbed: {
      const size_t width = static_cast<size_t>(program_.embedWidth);
      std::copy_n(step_->embeddings + static_cast<size_t>(r) * width, width, row(c.out, r));
      break;
    }
    case Code::kNorm: {
      const int width = program_.slots[static_cast<size_t>(c.in)].width;
      kernels_.rmsNorm(row(c.in, r), vectors_[static_cast<size_t>(c.vector)].get(), width,
                       roundUp(width, kGroup), c.epsilon, row(c.out, r));
      break;
    }
    case Code::kAddBias:
      kernels_.add(vectors_[static_cast<size_t>(c.vector)].get(), row(c.out, r),
                   program_.slots[static_cast<size_t>(c.out)].width);
      break;
    case Code::kRotate: {
      const size_t at = static_cast<size_t>(r) * static_cast<size_t>(c.rotation.pairs);
      const int heads = program_.slots[static_cast<size_t>(c.in)].width / c.rotation.headSize;
      kernels_.rotate(row(c.in, r), heads, c.rotation, cosines_[static_cast<size_t>(c.angles)] + at,
                      sines_[static_cast<size_t>(c.angles)] + at);
      break;
    }
    case Code::kStore: storeKv(c, r); break;
    case Code::kSwiGlu:
      kernels_.swiGlu(row(c.in, r), row(c.second, r), row(c.out, r),
                      program_.slots[static_cast<size_t>(c.in)].width);
      break;
    case Code::kAdd:
      kernels_.add(row(c.in, r), row(c.out, r), program_.slots[static_cast<size_t>(c.in)].width);
      break;
    case Code::kAddAdapted: {
      const SlotShape& shape = program_.slots[static_cast<size_t>(c.in)];
      if (adapterOf(shape.ofLogitRows, r) == c.adapter) {
        kernels_.add(row(c.in, r), row(c.out, r), shape.width);
      }
      break;
    }
    case Code::kTake:
      std::copy_n(row(c.in, step_->logitRows[r]), slots_[static_cast<size_t>(c.out)].rows.stride,
                  row(c.out, r));
      break;
    case Code::kQuantise: kernels_.quantise(slots_[static_cast<size_t>(c.in)].rows, r); break;
    case Code::kProject:
    case Code::kAttend: break;  // have stages of their own
  }
}

int Session::adapterOf(bool ofLogitRows, int row) const {
  const int token = ofLogitRows ? step_->logitRows[row] : row;
  return step_->slices[sliceOfRow_[static_cast<size_t>(token)]].adapter;
}

void Session::storeKv(const Command& c, int r) {
  const StepSlice& slice = step_->slices[sliceOfRow_[static_cast<size_t>(r)]];
  const Pages& pages = pages_[static_cast<size_t>(c.layer)];
  const int position = slice.startPosition + r - slice.firstRow;
  const int block = step_->tables[slice.tableAt + position / kv_.blockSize];
  const int within = position % kv_.blockSize;
  const float* key = row(c.in, r);
  const float* value = row(c.second, r);
  for (int head = 0; head < kv_.kvHeads; head++, key += kv_.headSize, value += kv_.headSize) {
    const size_t at = static_cast<size_t>(block) * static_cast<size_t>(kv_.kvHeads) + static_cast<size_t>(head);
    const size_t keyAt = at * static_cast<size_t>(kv_.headSize * pages.keyPitch) + static_cast<size_t>(within);
    const size_t valueAt = (at * static_cast<size_t>(kv_.blockSize) + static_cast<size_t>(within)) *
                           static_cast<size_t>(pages.valuePitch);
    switch (pages.element) {
      case KvElement::kF32:
        storeHead(key, static_cast<float*>(pages.keys) + keyAt, pages.keyPitch);
        storeHead(value, static_cast<float*>(pages.values) + valueAt, 1);
        break;
      case KvElement::kF16:
        storeHead(key, static_cast<uint16_t*>(pages.keys) + keyAt, pages.keyPitch);
        storeHead(value, static_cast<uint16_t*>(pages.values) + valueAt, 1);
        break;
      case KvElement::kInt8: {
        const size_t scaleAt = at * static_cast<size_t>(pages.keyPitch) + static_cast<size_t>(within);
        kernels_.toBytes(key, kv_.headSize, static_cast<int8_t*>(pages.keys) + keyAt, pages.keyPitch,
                         pages.keyScales + scaleAt);
        kernels_.toBytes(value, kv_.headSize, static_cast<int8_t*>(pages.values) + valueAt, 1,
                         pages.valueScales + scaleAt);
        break;
      }
    }
  }
}

void Session::storeHead(const float* from, uint16_t* to, int pitch) {
  for (int d = 0; d < kv_.headSize; d += kGroup) {
    uint16_t some[kGroup];
    float values[kGroup] = {};
    const int count = std::min(kGroup, kv_.headSize - d);
    std::copy_n(from + d, count, values);
    kernels_.toHalves(values, some, kGroup);
    for (int i = 0; i < count; i++) to[(d + i) * pitch] = some[i];
  }
}

void Session::storeHead(const float* from, float* to, int pitch) {
  for (int d = 0; d < kv_.headSize; d++) to[d * pitch] = from[d];
}

// ---- products ----------------------------------------------------------------------------------

int Session::cutProduct(const Command& product, int rows) {
  int groups = 0;
  for (const Projection& p : product.projections) groups += matrices_[static_cast<size_t>(p.matrix)].groups;
  const int wanted = team_.threads() * kChunksPerThread;
  // two groups share the loads of activations; eight are a long enough run of memory
  int each = std::clamp(groups / wanted, 2, 8) / 2 * 2;
  cut_.rowChunks = ceilDiv(rows, kMostRowsOfProduct);
  while (true) {
    cut_.groupsPerChunk = each;
    cut_.groupChunks = 0;
    for (const Projection& p : product.projections) {
      cut_.groupChunks += ceilDiv(matrices_[static_cast<size_t>(p.matrix)].groups, each);
    }
    if (cut_.groupChunks <= kMostChunks / cut_.rowChunks) break;
    each *= 2;
  }
  while (cut_.groupChunks * cut_.rowChunks < team_.threads() * 4 && rows / (cut_.rowChunks + 1) >= 24) {
    cut_.rowChunks++;
  }
  cut_.rowsPerChunk = ceilDiv(rows, cut_.rowChunks);
  cut_.rowChunks = ceilDiv(rows, cut_.rowsPerChunk);
  return cut_.groupChunks * cut_.rowChunks;
}

void Session::runProduct(const Command& product, int chunk, int rows) {
  const int firstRow = chunk / cut_.groupChunks * cut_.rowsPerChunk;
  const int endRow = std::min(firstRow + cut_.rowsPerChunk, rows);
  int within = chunk % cut_.groupChunks;
  for (const Projection& p : product.projections) {
    const Matrix& matrix = matrices_[static_cast<size_t>(p.matrix)];
    const int here = ceilDiv(matrix.groups, cut_.groupsPerChunk);
    if (within < here) {
      const int first = within * cut_.groupsPerChunk;
      const Rows& out = slots_[static_cast<size_t>(p.out)].rows;
      kernels_.project(matrix, first, std::min(first + cut_.groupsPerChunk, matrix.groups),
                       slots_[static_cast<size_t>(product.in)].rows, firstRow, endRow, out.values,
                       out.stride);
      return;
    }
    within -= here;
  }
}

// ---- attention ---------------------------------------------------------------------------------

void Session::attend(const Command& command, const AttentionChunk& chunk, int worker) {
  const StepSlice& slice = step_->slices[chunk.slice];
  const int sharing = kv_.heads / kv_.kvHeads;
  QueryTile tile{};
  tile.table = step_->tables + slice.tableAt;
  tile.kvHead = chunk.kvHead;
  tile.scale = static_cast<float>(1.0 / std::sqrt(static_cast<double>(kv_.headSize)));
  for (int i = 0; i < chunk.rows; i++) {
    const int row = slice.firstRow + chunk.firstRow + i;
    for (int h = 0; h < sharing; h++) {
      const int at = (chunk.kvHead * sharing + h) * kv_.headSize;
      tile.queries[tile.count] = this->row(command.in, row) + at;
      tile.outs[tile.count] = this->row(command.out, row) + at;
      tile.lengths[tile.count] = slice.startPosition + chunk.firstRow + i + 1;
      if (++tile.count == QueryTile::kMost) flush(tile, command, worker);
    }
  }
  flush(tile, command, worker);
}

void Session::flush(QueryTile& tile, const Command& command, int worker) {
  if (tile.count == 0) return;
  kernels_.attend(tile, pages_[static_cast<size_t>(command.layer)],
                  scores_[static_cast<size_t>(worker)].get());
  tile.count = 0;
}

}  // namespace chasqui
