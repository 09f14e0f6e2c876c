#include "session/program.h"

#include <algorithm>
#include <cstring>
#include <stdexcept>
#include <string>

namespace chasqui::cuda {

namespace {

[[noreturn]] void fault(const std::string& what) {
  throw std::invalid_argument("the command list is damaged: " + what);
}

float floatOf(int bits) {
  float value;
  std::memcpy(&value, &bits, sizeof value);
  return value;
}

int pitch(int columns) { return (columns + 7) / 8 * 8; }

/// Reads commands one after the other and checks every operand.
class Reader {
 public:
  Reader(const std::vector<int>& code, Program& program, const std::vector<Matrix>& matrices,
         const std::vector<size_t>& vectorLengths)
      : code_(code), program_(program), matrices_(matrices), vectors_(vectorLengths) {}

  bool more() const { return at_ < code_.size(); }

  Command next() {
    Command c{};
    c.code = static_cast<Code>(take());
    switch (c.code) {
      case Code::kEmbed:
        c.matrix = below("matrix", matrices_.size());
        c.out = tokenSlot();
        if (matrixOf(c).columns != program_.width(c.out)) fault("a table does not fit its slot");
        break;
      case Code::kNorm:
        c.in = slot();
        c.vector = vector(program_.width(c.in));
        c.epsilon = floatOf(take());
        c.out = slotLike(c.in);
        c.second = orNone([&] { return slotLike(c.in); });
        break;
      case Code::kProject: project(c); break;
      case Code::kAddBias: {
        const int v = below("vector", vectors_.size());
        c.out = slot();
        c.vector = v;
        if (vectors_[static_cast<size_t>(v)] != static_cast<size_t>(program_.width(c.out))) {
          fault("a bias does not fit its slot");
        }
        break;
      }
      case Code::kRotate: rotate(c); break;
      case Code::kAttend:
        c.layer = layer();
        c.in = slotOfWidth(program_.sizes.heads * program_.sizes.headSize);
        c.out = slotOfWidth(program_.sizes.heads * program_.sizes.headSize);
        break;
      case Code::kSwiGlu:
        c.in = slot();
        c.second = slotLike(c.in);
        c.out = slotLike(c.in);
        break;
      case Code::kAdd:
        c.in = slot();
        c.out = slotLike(c.in);
        break;
      case Code::kTake:
        c.in = tokenSlot();
        c.out = slot();
        if (!program_.ofLogitRows(c.out) || program_.width(c.in) != program_.width(c.out)) {
          fault("logit rows do not fit slot " + std::to_string(c.out));
        }
        break;
      case Code::kLowRank: lowRank(c); break;
      default: fault("there is no command " + std::to_string(static_cast<int>(c.code)));
    }
    return c;
  }

 private:
  int take() {
    if (!more()) fault("it ends within a command");
    return code_[at_++];
  }

  int below(const char* what, size_t count) {
    const int index = take();
    if (index < 0 || static_cast<size_t>(index) >= count) {
      fault(std::string(what) + " " + std::to_string(index) + " of " + std::to_string(count));
    }
    return index;
  }

  template <class Body>
  int orNone(Body body) {
    if (more() && code_[at_] == -1) return take();
    return body();
  }

  const Matrix& matrixOf(const Command& c) const { return matrices_[static_cast<size_t>(c.matrix)]; }

  int slot() { return below("slot", program_.slots.size()); }

  int tokenSlot() {
    const int s = slot();
    if (program_.ofLogitRows(s)) fault("slot " + std::to_string(s) + " has no row for every token");
    return s;
  }

  int slotLike(int other) {
    const int s = slot();
    if (program_.width(s) != program_.width(other) ||
        program_.ofLogitRows(s) != program_.ofLogitRows(other)) {
      fault("slots " + std::to_string(other) + " and " + std::to_string(s) + " differ");
    }
    return s;
  }

  int slotOfWidth(int width) {
    const int s = tokenSlot();
    if (program_.width(s) != width) fault("slot " + std::to_string(s) + " does not fit the heads");
    return s;
  }

  int vector(int length) {
    const int v = below("vector", vectors_.size());
    if (vectors_[static_cast<size_t>(v)] != static_cast<size_t>(length)) {
      fault("vector " + std::to_string(v) + " has another length than its slot");
    }
    return v;
  }

  int layer() { return below("layer", static_cast<size_t>(program_.sizes.layers)); }

  /// The rows of a matrix fill slots that lie side by side: they end within the buffer.
  void project(Command& c) {
    c.in = slot();
    c.matrix = below("matrix", matrices_.size());
    c.out = slot();
    c.flag = take() != 0;
    const SlotShape& out = program_.slots[static_cast<size_t>(c.out)];
    if (matrixOf(c).columns != program_.width(c.in) || matrixOf(c).rows < out.width ||
        out.offset + matrixOf(c).rows > program_.bufferOf(c.out).width ||
        program_.ofLogitRows(c.in) != program_.ofLogitRows(c.out) || c.in == c.out) {
      fault("matrix " + std::to_string(c.matrix) + " does not fit its slots");
    }
  }

  void rotate(Command& c) {
    const Sizes& sizes = program_.sizes;
    c.in = orNone([&] { return tokenSlot(); });
    c.second = orNone([&] { return slotOfWidth(sizes.kvHeads * sizes.headSize); });
    c.third = orNone([&] { return slotOfWidth(sizes.kvHeads * sizes.headSize); });
    c.layer = orNone([&] { return layer(); });
    c.rotation = orNone([&] { return below("rotation", sizes.pairs.size()); });
    c.flag = take() != 0;
    const bool stores = c.layer >= 0;
    if ((c.third >= 0) != stores || (c.second >= 0) != stores || (c.in < 0 && !stores) ||
        (c.in >= 0 && program_.width(c.in) % sizes.headSize != 0) ||
        (c.rotation >= 0 && 2 * sizes.pairs[static_cast<size_t>(c.rotation)] > sizes.headSize)) {
      fault("a rotation does not fit its slots");
    }
  }

  void lowRank(Command& c) {
    c.in = slot();
    c.out = slot();
    if (program_.ofLogitRows(c.in) != program_.ofLogitRows(c.out)) fault("an adapter's slots differ");
    for (int i = 0; i < program_.sizes.adapters; i++) {
      AdapterTerm term{};
      term.down = orNone([&] { return below("vector", vectors_.size()); });
      term.up = orNone([&] { return below("vector", vectors_.size()); });
      term.rank = take();
      term.scale = floatOf(take());
      if (term.down >= 0) checkTerm(c, term);
      c.terms.push_back(term);
    }
  }

  void checkTerm(const Command& c, const AdapterTerm& term) {
    const size_t down = static_cast<size_t>(term.rank) * static_cast<size_t>(pitch(program_.width(c.in)));
    const size_t up = static_cast<size_t>(program_.width(c.out)) * static_cast<size_t>(pitch(term.rank));
    if (term.rank < 1 || term.up < 0 || vectors_[static_cast<size_t>(term.down)] != down ||
        vectors_[static_cast<size_t>(term.up)] != up) {
      fault("an adapter's matrices do not fit its slots");
    }
    program_.greatestRank = std::max(program_.greatestRank, term.rank);
  }

  const std::vector<int>& code_;
  Program& program_;
  const std::vector<Matrix>& matrices_;
  const std::vector<size_t>& vectors_;
  size_t at_ = 0;
};

void readBuffers(const std::vector<int>& from, Program& program) {
  if (from.size() % 3 != 0) fault("a buffer has three numbers");
  for (size_t i = 0; i < from.size(); i += 3) {
    if (from[i] < 1 || from[i + 1] < 0 || from[i + 1] > 2) fault("a buffer has a width and a type");
    program.buffers.push_back({from[i], static_cast<Type>(from[i + 1]), from[i + 2] != 0});
  }
}

void readSlots(const std::vector<int>& from, Program& program) {
  if (from.size() % 3 != 0) fault("a slot has three numbers");
  for (size_t i = 0; i < from.size(); i += 3) {
    const SlotShape slot{from[i], from[i + 1], from[i + 2]};
    if (slot.buffer < 0 || static_cast<size_t>(slot.buffer) >= program.buffers.size() ||
        slot.offset < 0 || slot.offset % 8 != 0 || slot.width < 1 ||
        slot.offset > program.buffers[static_cast<size_t>(slot.buffer)].width - slot.width) {
      fault("slot " + std::to_string(i / 3) + " lies in no buffer");
    }
    program.slots.push_back(slot);
  }
}

Sizes readSizes(const std::vector<int>& from) {
  constexpr size_t kFixed = 8;
  if (from.size() < kFixed) fault("there are eight sizes");
  Sizes sizes{from[0], from[1], from[2], from[3], from[4], from[5], static_cast<Type>(from[6]), from[7], {}};
  sizes.pairs.assign(from.begin() + kFixed, from.end());
  const bool sound = sizes.layers >= 0 && sizes.blocks >= 1 && sizes.blockSize >= 1 && sizes.kvHeads >= 1 &&
                     sizes.headSize >= 1 && sizes.heads % sizes.kvHeads == 0 && from[6] >= 0 && from[6] <= 2 &&
                     sizes.adapters >= 0;
  if (!sound) fault("the sizes are not sound");
  for (int pairs : sizes.pairs) {
    if (pairs < 0) fault("a rotation has pairs");
  }
  return sizes;
}

}  // namespace

Program readProgram(const ProgramCode& from, const std::vector<Matrix>& matrices,
                    const std::vector<size_t>& vectorLengths) {
  Program program{};
  program.sizes = readSizes(from.sizes);
  readBuffers(from.buffers, program);
  readSlots(from.slots, program);
  Reader reader(from.code, program, matrices, vectorLengths);
  while (reader.more()) program.commands.push_back(reader.next());
  program.logits = from.logits;
  if (from.logits < 0 || static_cast<size_t>(from.logits) >= program.slots.size() ||
      !program.ofLogitRows(from.logits) || program.bufferOf(from.logits).type != Type::kF32) {
    fault("slot " + std::to_string(from.logits) + " holds no float32 logits");
  }
  return program;
}

}  // namespace chasqui::cuda
