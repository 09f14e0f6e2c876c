#include "session/session.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <stdexcept>

namespace chasqui::cuda {

namespace {

/// A graph of a large model takes some megabytes; these are more shapes than a steady load has.
constexpr size_t kMostGraphs = 64;
/// The first run of a shape loads what is loaded lazily, which a capture must not do.
constexpr int kRunsBeforeCapture = 1;

size_t size(int value) { return static_cast<size_t>(value); }
int roundUp(int value, int to) { return (value + to - 1) / to * to; }

}  // namespace

Session::Session(int device) : device_(device), stream_(device), upload_(new Upload(stream_.get())) {}

Session::~Session() {
  useDevice(device_);
  synchronize(stream_.get());
  dropGraphs();
}

void Session::bind() const { require(useDevice(device_), "the device cannot be used"); }

int Session::addMatrix(Stored stored, int rows, int columns) {
  bind();
  matrixMemory_.emplace_back(packedBytes(stored, rows, columns));
  matrices_.push_back({stored, rows, columns, matrixMemory_.back().get()});
  return static_cast<int>(matrices_.size()) - 1;
}

void Session::fillMatrix(int index, int firstRow, int rows, const unsigned char* bytes, size_t count) {
  if (index < 0 || size(index) >= matrices_.size() || upload_ == nullptr) {
    throw std::invalid_argument("there is no such matrix to fill");
  }
  const Matrix& matrix = matrices_[size(index)];
  if (firstRow < 0 || rows < 1 || rows > matrix.rows - firstRow ||
      count != size(rows) * storedRowBytes(matrix.stored, matrix.columns)) {
    throw std::invalid_argument("the rows do not fit the matrix");
  }
  bind();
  upload_->fill(matrix, firstRow, rows, bytes);
}

int Session::addVector(const float* values, size_t count) {
  if (count == 0 || upload_ == nullptr) throw std::invalid_argument("a vector has values");
  bind();
  vectors_.emplace_back(count * sizeof(float));
  vectorLengths_.push_back(count);
  upload_->copyTo(vectors_.back().get(), values, count * sizeof(float));
  return static_cast<int>(vectors_.size()) - 1;
}

void Session::setProgram(const ProgramCode& code) {
  if (upload_ == nullptr) throw std::invalid_argument("a session has one program");
  bind();
  program_ = readProgram(code, matrices_, vectorLengths_);
  buffers_.resize(program_.buffers.size());
  makeKv();
  uploadTerms();
  upload_->finish();
  upload_.reset();
}

void Session::makeKv() {
  const Sizes& s = program_.sizes;
  const size_t values = size(s.blocks) * size(s.kvHeads) * size(s.blockSize) * size(s.headSize);
  kvLayerBytes_ = (values * size(bytesOf(s.kvType)) + 255) / 256 * 256;
  const size_t bytes = 2 * kvLayerBytes_ * size(s.layers);
  if (bytes == 0) return;
  kvMemory_.grow(bytes);
  // what a partly filled block holds behind its sequence is multiplied with 0: it must be a number
  require(fill(kvMemory_.get(), 0, bytes, stream_.get()), "KV memory cannot be cleared");
}

void Session::uploadTerms() {
  terms_.resize(program_.commands.size());
  for (size_t i = 0; i < program_.commands.size(); i++) {
    std::vector<LowRankPart> parts;
    for (const AdapterTerm& term : program_.commands[i].terms) {
      const bool changes = term.down >= 0;
      parts.push_back({changes ? vector(term.down) : nullptr, changes ? vector(term.up) : nullptr, term.rank,
                       term.scale});
    }
    if (parts.empty()) continue;
    terms_[i].grow(parts.size() * sizeof(LowRankPart));
    upload_->copyTo(terms_[i].get(), parts.data(), parts.size() * sizeof(LowRankPart));
  }
}

// ---- a step ------------------------------------------------------------------------------------

void Session::run(const int* words, size_t count) {
  const StepShape shape = compute(words, count);
  copyLogits(shape);
  require(synchronize(stream_.get()), "a step failed");
}

void Session::runGreedy(const int* words, size_t count) {
  const StepShape shape = compute(words, count);
  wantedLogitRows_ = shape.wantedLogitRows;
  if (wantedLogitRows_ > 0) {
    const size_t bytes = size(wantedLogitRows_) * sizeof(int);
    best_.grow(bytes);
    hostBest_.grow(bytes);
    const Rows from = rows(program_.logits);
    require(greedy({static_cast<const float*>(from.values), from.stride, vocabularySize(), wantedLogitRows_,
                    best_.as<int>()},
                   stream_.get()),
            "a kernel cannot be launched");
    require(copy(hostBest_.get(), best_.get(), bytes, stream_.get()), "tokens cannot be copied");
  }
  require(synchronize(stream_.get()), "a step failed");
}

/// Puts a whole step on the stream.
StepShape Session::compute(const int* words, size_t count) {
  const StepShape shape = readShape(words, count);
  const StepLayout layout = layoutOf(shape, program_.sizes.pairs);
  checkStep(shape, layout, words + kStepHead, program_.sizes.blocks, program_.sizes.blockSize,
            program_.sizes.adapters);
  bind();
  grow(shape, layout);
  const size_t bytes = layout.words * sizeof(int);
  std::memcpy(hostStep_.get(), words + kStepHead, bytes);
  require(copy(deviceStep_.get(), hostStep_.get(), bytes, stream_.get()), "a step cannot be copied");
  if (shape.repeatable != 0 && canCapture_) {
    runDecode(shape, layout);
  } else {
    launchAll(shape, layout);
  }
  return shape;
}

/// What graphs point to must not move: they are dropped where it does.
void Session::grow(const StepShape& shape, const StepLayout& layout) {
  bool moved = growRows(shape);
  moved |= growScratch(shape);
  moved |= deviceStep_.grow(std::max(2 * layout.words * sizeof(int), size_t{1} << 20));
  hostStep_.grow(deviceStep_.bytes());
  if (moved) dropGraphs();
}

bool Session::growRows(const StepShape& shape) {
  const bool more = shape.rows > rowCapacity_ || shape.logitRows > logitRowCapacity_;
  if (!more) return false;
  rowCapacity_ = std::max(rowCapacity_, roundUp(shape.rows, 64));
  logitRowCapacity_ = std::max(logitRowCapacity_, roundUp(shape.logitRows, 8));
  for (size_t i = 0; i < buffers_.size(); i++) {
    const BufferShape& buffer = program_.buffers[i];
    const int rows = buffer.ofLogitRows ? logitRowCapacity_ : rowCapacity_;
    const size_t bytes = size(rows) * static_cast<size_t>(buffer.stride()) * size(bytesOf(buffer.type));
    if (buffers_[i].grow(bytes)) {
      require(fill(buffers_[i].get(), 0, bytes, stream_.get()), "activations cannot be cleared");
    }
  }
  return true;
}

bool Session::growScratch(const StepShape& shape) {
  size_t forProducts = 0;
  for (const Matrix& each : matrices_) {
    forProducts = std::max(forProducts, projectScratchBytes(each, std::max(shape.rows, shape.logitRows)));
  }
  const Sizes& s = program_.sizes;
  const size_t forAttention =
      s.layers == 0 ? 0 : attendScratchBytes(s.heads, s.headSize, shape.singles, shape.longest);
  const size_t between = size(std::max(shape.tokenGroups, shape.logitGroups)) * size(kLowRankRows) *
                         size(program_.greatestRank) * sizeof(float);
  bool moved = projectScratch_.grow(forProducts);
  moved |= attendScratch_.grow(forAttention);
  moved |= between_.grow(between);
  return moved;
}

void Session::runDecode(const StepShape& shape, const StepLayout& layout) {
  if (graphs_.size() > kMostGraphs) dropGraphs();
  Captured& captured = graphs_[shape.key()];
  if (captured.graph == nullptr && captured.seen++ < kRunsBeforeCapture) {
    launchAll(shape, layout);
    return;
  }
  if (captured.graph == nullptr) capture(shape, layout, captured);
  if (captured.graph == nullptr) {
    launchAll(shape, layout);
    return;
  }
  require(chasqui::cuda::launch(captured.graph, stream_.get()), "a step cannot be launched");
  graphLaunches_++;
}

/// Where a driver captures nothing, steps are launched kernel by kernel from then on.
void Session::capture(const StepShape& shape, const StepLayout& layout, Captured& captured) {
  require(synchronize(stream_.get()), "a step failed");
  if (beginCapture(stream_.get()) != kOk) {
    canCapture_ = false;
    lastError();
    return;
  }
  try {
    launchAll(shape, layout);
  } catch (...) {
    Graph broken = nullptr;
    if (endCapture(stream_.get(), &broken) == kOk && broken != nullptr) dropGraph(broken);
    throw;
  }
  const Error error = endCapture(stream_.get(), &captured.graph);
  if (error == kOk) return;
  captured.graph = nullptr;
  canCapture_ = false;
  lastError();
}

void Session::launchAll(const StepShape& shape, const StepLayout& layout) {
  for (size_t i = 0; i < program_.commands.size(); i++) {
    const Command& c = program_.commands[i];
    if (c.code != Code::kAttend && rowsOf(c.out >= 0 ? c.out : c.in >= 0 ? c.in : c.second, shape) == 0) continue;
    require(launch(c, shape, layout, i), "a kernel cannot be launched");
  }
}

void Session::copyLogits(const StepShape& shape) {
  wantedLogitRows_ = shape.wantedLogitRows;
  if (wantedLogitRows_ == 0) return;
  const size_t width = size(vocabularySize());
  hostLogits_.grow(size(wantedLogitRows_) * width * sizeof(float));
  const Rows from = rows(program_.logits);
  const float* values = static_cast<const float*>(from.values);
  if (static_cast<size_t>(from.stride) == width) {
    require(copy(hostLogits_.get(), values, size(wantedLogitRows_) * width * sizeof(float), stream_.get()),
            "logits cannot be copied");
    return;
  }
  for (int row = 0; row < wantedLogitRows_; row++) {
    require(copy(hostLogits_.as<float>() + size(row) * width, values + row * from.stride, width * sizeof(float),
                 stream_.get()),
            "logits cannot be copied");
  }
}

void Session::dropGraphs() {
  for (auto& [key, captured] : graphs_) {
    if (captured.graph != nullptr) dropGraph(captured.graph);
  }
  graphs_.clear();
}

// ---- launches ----------------------------------------------------------------------------------

Rows Session::rows(int slot) const {
  if (slot < 0) return {};
  const SlotShape& shape = program_.slots[size(slot)];
  const BufferShape& buffer = program_.buffers[size(shape.buffer)];
  char* memory = buffers_[size(shape.buffer)].as<char>() + size(shape.offset) * size(bytesOf(buffer.type));
  return {memory, buffer.type, buffer.stride()};
}

KvLayer Session::kv(int layer) const {
  const Sizes& s = program_.sizes;
  char* keys = kvMemory_.as<char>() + 2 * kvLayerBytes_ * size(layer);
  return {keys, keys + kvLayerBytes_, s.kvType, s.kvHeads, s.headSize, s.blockSize};
}

StepRows Session::stepRows(const StepShape& shape, const StepLayout& layout) const {
  return {at(layout.sequences), at(layout.positions), at(layout.tables), shape.tableStride};
}

Error Session::launch(const Command& c, const StepShape& shape, const StepLayout& layout, size_t index) {
  const Stream stream = stream_.get();
  const int count = c.code == Code::kRotate || c.code == Code::kAttend ? shape.rows : rowsOf(c.out, shape);
  switch (c.code) {
    case Code::kEmbed: return embed({matrix(c), at(layout.tokenIds), count, rows(c.out)}, stream);
    case Code::kNorm:
      return norm({rows(c.in), rows(c.second), vector(c.vector), c.epsilon, rows(c.out), program_.width(c.in), count},
                  stream);
    case Code::kProject:
      return project({rows(c.in), count, matrix(c), rows(c.out), c.flag, projectScratch_.get(), projectScratch_.bytes()},
                     stream);
    case Code::kAddBias: return addBias({vector(c.vector), rows(c.out), program_.width(c.out), count}, stream);
    case Code::kRotate: return launchRotate(c, shape, layout);
    case Code::kAttend: return launchAttend(c, shape, layout);
    case Code::kSwiGlu:
      return swiGlu({rows(c.in), rows(c.second), rows(c.out), program_.width(c.in), count}, stream);
    case Code::kAdd: return add({rows(c.in), rows(c.out), program_.width(c.in), count}, stream);
    case Code::kTake:
      return takeRows({rows(c.in), at(layout.logitRows), rows(c.out), program_.width(c.in), count}, stream);
    case Code::kLowRank: return launchLowRank(c, shape, layout, index);
  }
  return kInvalidValue;
}

Error Session::launchRotate(const Command& c, const StepShape& shape, const StepLayout& layout) {
  const Sizes& s = program_.sizes;
  Rotate op{};
  op.queries = rows(c.in);
  op.keys = rows(c.second);
  op.values = rows(c.third);
  if (c.rotation >= 0) {
    op.cosines = deviceStep_.as<float>() + layout.cosines[size(c.rotation)];
    op.sines = deviceStep_.as<float>() + layout.sines[size(c.rotation)];
    op.pairs = s.pairs[size(c.rotation)];
  }
  op.interleaved = c.flag;
  op.heads = c.in < 0 ? 0 : program_.width(c.in) / s.headSize;
  op.kvHeads = s.kvHeads;
  op.headSize = s.headSize;
  op.rows = shape.rows;
  op.store = c.layer >= 0;
  if (op.store) op.kv = kv(c.layer);
  op.step = stepRows(shape, layout);
  return rotate(op, stream_.get());
}

Error Session::launchAttend(const Command& c, const StepShape& shape, const StepLayout& layout) {
  Attend op{};
  op.queries = rows(c.in);
  op.out = rows(c.out);
  op.heads = program_.sizes.heads;
  op.scale = static_cast<float>(1.0 / std::sqrt(static_cast<double>(program_.sizes.headSize)));
  op.kv = kv(c.layer);
  op.step = stepRows(shape, layout);
  op.singles = at(layout.singles);
  op.singleCount = shape.singles;
  op.tiles = reinterpret_cast<const QueryTile*>(at(layout.tiles));
  op.tileCount = shape.tiles;
  op.longest = shape.longest;
  op.scratch = attendScratch_.get();
  op.scratchBytes = attendScratch_.bytes();
  return attend(op, stream_.get());
}

Error Session::launchLowRank(const Command& c, const StepShape& shape, const StepLayout& layout, size_t index) {
  const bool ofLogits = program_.ofLogitRows(c.out);
  const int groups = ofLogits ? shape.logitGroups : shape.tokenGroups;
  if (groups == 0) return kOk;
  LowRank op{};
  op.in = rows(c.in);
  op.out = rows(c.out);
  op.parts = terms_[index].as<LowRankPart>();
  op.greatestRank = program_.greatestRank;
  op.groups = reinterpret_cast<const LowRankGroup*>(at(ofLogits ? layout.logitGroups : layout.tokenGroups));
  op.groupCount = groups;
  op.rowIds = at(ofLogits ? layout.logitRowIds : layout.tokenRowIds);
  op.columns = program_.width(c.in);
  op.outputs = program_.width(c.out);
  op.between = between_.as<float>();
  return lowRank(op, stream_.get());
}

}  // namespace chasqui::cuda
