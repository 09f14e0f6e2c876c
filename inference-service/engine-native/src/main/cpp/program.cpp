#include "program.h"

#include <cstring>
#include <stdexcept>
#include <string>

namespace chasqui {

namespace {

[[noreturn]] void fault(const std::string& what) {
  throw std::invalid_argument("the command list is damaged: " + what);
}

/// Reads commands one after the other and checks every operand.
class Reader {
 public:
  Reader(const std::vector<int>& code, Program& program, const std::vector<Matrix>& matrices,
         const std::vector<int>& vectorLengths, const KvSizes& kv)
      : code_(code), program_(program), matrices_(matrices), vectors_(vectorLengths), kv_(kv) {}

  bool more() const { return at_ < code_.size(); }

  Command next() {
    Command c{};
    c.code = static_cast<Code>(take());
    switch (c.code) {
      case Code::kEmbed:
        c.out = tokenSlot();
        program_.embedWidth = program_.slots[static_cast<size_t>(c.out)].width;
        break;
      case Code::kNorm: {
        c.in = slot();
        c.vector = vector(c.in);
        const int bits = take();
        std::memcpy(&c.epsilon, &bits, sizeof bits);
        c.out = slotLike(c.in);
        break;
      }
      case Code::kProject:
        c.in = slot();
        c.adapter = adapterOrNone();
        for (int count = take(); count > 0; count--) c.projections.push_back(projection(c.in));
        break;
      case Code::kAddBias:
        c.out = slot();
        c.vector = vector(c.out);
        break;
      case Code::kRotate:
        rotate(c);
        break;
      case Code::kStore:
        c.layer = layer();
        c.in = slotOfWidth(kv_.kvHeads * kv_.headSize);
        c.second = slotOfWidth(kv_.kvHeads * kv_.headSize);
        break;
      case Code::kAttend:
        c.layer = layer();
        c.in = slotOfWidth(kv_.heads * kv_.headSize);
        c.out = slotOfWidth(kv_.heads * kv_.headSize);
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
        take(c);
        break;
      case Code::kAddAdapted:
        c.adapter = adapterOrNone();
        c.in = slot();
        c.out = slotLike(c.in);
        break;
      case Code::kQuantise:
        c.in = slot();
        break;
      default:
        fault("there is no command " + std::to_string(static_cast<int>(c.code)));
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

  const SlotShape& shape(int slot) const { return program_.slots[static_cast<size_t>(slot)]; }

  int slot() { return below("slot", program_.slots.size()); }

  int tokenSlot() {
    const int s = slot();
    if (shape(s).ofLogitRows) fault("slot " + std::to_string(s) + " has no row for every token");
    return s;
  }

  int slotLike(int other) {
    const int s = slot();
    if (shape(s).width != shape(other).width || shape(s).ofLogitRows != shape(other).ofLogitRows) {
      fault("slots " + std::to_string(other) + " and " + std::to_string(s) + " differ");
    }
    return s;
  }

  int slotOfWidth(int width) {
    const int s = tokenSlot();
    if (shape(s).width != width) fault("slot " + std::to_string(s) + " does not fit the heads");
    return s;
  }

  int vector(int slot) {
    const int v = below("vector", vectors_.size());
    if (vectors_[static_cast<size_t>(v)] != shape(slot).width) {
      fault("vector " + std::to_string(v) + " does not fit slot " + std::to_string(slot));
    }
    return v;
  }

  int adapterOrNone() {
    return static_cast<int>(below("adapter", static_cast<size_t>(program_.adapters) + 1)) - 1;
  }

  int layer() { return below("layer", static_cast<size_t>(kv_.layers)); }

  Projection projection(int in) {
    Projection p{};
    p.matrix = below("matrix", matrices_.size());
    p.out = slot();
    const Matrix& m = matrices_[static_cast<size_t>(p.matrix)];
    if (m.columns != shape(in).width || m.rows != shape(p.out).width ||
        shape(in).ofLogitRows != shape(p.out).ofLogitRows || p.out == in) {
      fault("matrix " + std::to_string(p.matrix) + " does not fit its slots");
    }
    return p;
  }

  void rotate(Command& c) {
    c.in = tokenSlot();
    c.angles = below("angles", kMostAngles);
    c.rotation.headSize = take();
    c.rotation.pairs = take();
    c.rotation.interleaved = take() != 0;
    const int width = shape(c.in).width;
    if (c.rotation.headSize < 1 || c.rotation.pairs < 0 || width % c.rotation.headSize != 0 ||
        2 * c.rotation.pairs > c.rotation.headSize) {
      fault("a rotation does not fit slot " + std::to_string(c.in));
    }
    const size_t index = static_cast<size_t>(c.angles);
    if (program_.pairs.size() <= index) program_.pairs.resize(index + 1, 0);
    program_.pairs[index] = c.rotation.pairs;
  }

  void take(Command& c) {
    c.in = tokenSlot();
    c.out = slot();
    if (!shape(c.out).ofLogitRows || shape(c.in).width != shape(c.out).width) {
      fault("logit rows do not fit slot " + std::to_string(c.out));
    }
  }

  static constexpr size_t kMostAngles = 1024;
  const std::vector<int>& code_;
  Program& program_;
  const std::vector<Matrix>& matrices_;
  const std::vector<int>& vectors_;
  const KvSizes& kv_;
  size_t at_ = 0;
};

Stage::Kind kindOf(Code code) {
  switch (code) {
    case Code::kProject: return Stage::Kind::kProject;
    case Code::kAttend: return Stage::Kind::kAttend;
    default: return Stage::Kind::kRows;
  }
}

bool isOfLogitRows(const Command& c, const Program& program) {
  const int slot = c.out >= 0 ? c.out : c.in;
  return program.slots[static_cast<size_t>(slot)].ofLogitRows;
}

/// Row by row commands share a stage; what reads other rows begins one.
void append(Program& program, Command command) {
  const Stage::Kind kind = kindOf(command.code);
  const bool ofLogitRows = isOfLogitRows(command, program);
  std::vector<Stage>& stages = program.stages;
  const bool joins = kind == Stage::Kind::kRows && command.code != Code::kTake && !stages.empty() &&
                     stages.back().kind == kind && stages.back().ofLogitRows == ofLogitRows;
  if (!joins) stages.push_back({kind, ofLogitRows, {}});
  stages.back().commands.push_back(std::move(command));
}

}  // namespace

Program readProgram(const std::vector<int>& slots, const std::vector<int>& code, int logits,
                    const std::vector<Matrix>& matrices, const std::vector<int>& vectorLengths,
                    const KvSizes& kv, int adapters) {
  Program program{};
  program.adapters = adapters;
  for (size_t i = 0; i + 1 < slots.size(); i += 2) {
    if (slots[i] < 1) fault("a slot is " + std::to_string(slots[i]) + " wide");
    program.slots.push_back({slots[i], slots[i + 1] != 0});
  }
  Reader reader(code, program, matrices, vectorLengths, kv);
  while (reader.more()) append(program, reader.next());
  if (logits < 0 || static_cast<size_t>(logits) >= program.slots.size() ||
      !program.slots[static_cast<size_t>(logits)].ofLogitRows) {
    fault("slot " + std::to_string(logits) + " holds no logits");
  }
  program.logits = logits;
  program.angles = static_cast<int>(program.pairs.size());
  return program;
}

}  // namespace chasqui
