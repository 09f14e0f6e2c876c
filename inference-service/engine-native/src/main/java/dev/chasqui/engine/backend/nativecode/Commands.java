package dev.chasqui.engine.backend.nativecode;

import dev.chasqui.engine.api.BackendUnavailableException;
import dev.chasqui.engine.backend.AdapterTerms;
import dev.chasqui.engine.backend.Op;
import dev.chasqui.engine.backend.Program;
import dev.chasqui.engine.backend.Rotation;
import dev.chasqui.engine.backend.Slot;
import dev.chasqui.engine.backend.Weight;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Turns a program into the command list of the library, once, when a session is opened. Where a
 * product with quantised weights reads a slot, its values are rounded to int8 before, once for all
 * that read them.
 */
final class Commands {

  /** No adapter. */
  private static final int NONE = 0;

  private final Weights weights;
  private final AdapterTerms adapters;
  private final Map<Slot, Integer> slots = new LinkedHashMap<>();
  private final Map<Rotation, Integer> rotations = new LinkedHashMap<>();
  private final List<Integer> code = new ArrayList<>();
  private final Set<Slot> rounded = new HashSet<>();
  private Optional<Weight> embedding = Optional.empty();

  Commands(Weights weights, AdapterTerms adapters) {
    this.weights = weights;
    this.adapters = adapters;
  }

  /**
   * Writes the commands of a program.
   *
   * @throws BackendUnavailableException if it holds an op that the library has no command for
   */
  void write(Program program) {
    for (Op op : program.ops()) {
      write(op);
    }
    slot(program.logits());
  }

  /** Returns width and kind of each slot. */
  int[] slots() {
    return slots.keySet().stream()
        .flatMap(slot -> List.of(slot.width(), isOfLogitRows(slot)).stream())
        .mapToInt(Integer::intValue)
        .toArray();
  }

  private static int isOfLogitRows(Slot slot) {
    return slot.rows() == Slot.Rows.LOGITS ? 1 : 0;
  }

  /** Returns the commands, each with its operands. */
  int[] code() {
    return code.stream().mapToInt(Integer::intValue).toArray();
  }

  /** Returns the index of a slot. */
  int slot(Slot slot) {
    return slots.computeIfAbsent(slot, s -> slots.size());
  }

  /** Returns the rotations in the order in which a step must bring their angles. */
  List<Rotation> rotations() {
    return List.copyOf(rotations.keySet());
  }

  /** Returns the table whose rows a step must bring. */
  Weight embedding() {
    return embedding.orElseThrow(() -> unsupported("a program without an embedding"));
  }

  private void write(Op op) {
    switch (op) {
      case Op.Embed(Weight table, Slot out) -> embed(table, out);
      case Op.RmsNorm(Slot in, Weight gain, float epsilon, Slot out) -> {
        command(CommandCode.NORM, slot(in), weights.vector(gain));
        operands(Float.floatToRawIntBits(epsilon), slot(out));
        changed(out);
      }
      case Op.Project project -> project(project);
      case Op.AddBias(Weight bias, Slot to) -> {
        command(CommandCode.ADD_BIAS, slot(to), weights.vector(bias));
        changed(to);
      }
      case Op.Rotate(Slot heads, Rotation rotation) -> rotate(heads, rotation);
      case Op.StoreKv(int layer, Slot keys, Slot values) ->
          command(CommandCode.STORE, layer, slot(keys), slot(values));
      case Op.Attend(int layer, Slot queries, Slot out) -> {
        command(CommandCode.ATTEND, layer, slot(queries), slot(out));
        changed(out);
      }
      case Op.SwiGlu(Slot gate, Slot up, Slot out) -> {
        command(CommandCode.SWIGLU, slot(gate), slot(up), slot(out));
        changed(out);
      }
      case Op.Add(Slot term, Slot to) -> {
        command(CommandCode.ADD, slot(term), slot(to));
        changed(to);
      }
      case Op.TakeLogitRows(Slot in, Slot out) -> {
        command(CommandCode.TAKE, slot(in), slot(out));
        changed(out);
      }
      // Ops that are younger than the library: the program runs elsewhere, and says why.
      default -> throw unsupported("the operation " + op.getClass().getSimpleName());
    }
  }

  private void embed(Weight table, Slot out) {
    if (embedding.isPresent() && !embedding.get().equals(table)) {
      throw unsupported("a program with two embedding tables");
    }
    embedding = Optional.of(table);
    command(CommandCode.EMBED, slot(out));
    changed(out);
  }

  private void rotate(Slot heads, Rotation rotation) {
    int index = rotations.computeIfAbsent(rotation, r -> rotations.size());
    command(CommandCode.ROTATE, slot(heads), index, rotation.headSize(), rotation.pairs());
    operands(rotation.pairing() == Rotation.Pairing.INTERLEAVED ? 1 : 0);
    changed(heads);
  }

  private void project(Op.Project project) {
    boolean anyQuantised =
        project.projections().stream().anyMatch(each -> weights.isQuantised(each.weight()));
    if (anyQuantised && rounded.add(project.in())) {
      command(CommandCode.QUANTISE, slot(project.in()));
    }
    command(CommandCode.PROJECT, slot(project.in()), NONE, project.projections().size());
    for (Op.Projection each : project.projections()) {
      operands(weights.matrix(each.weight()), slot(each.out()));
      changed(each.out());
    }
    for (int i = 0; i < adapters.adapters().size(); i++) {
      addTerms(i + 1, project.in(), adapters.of(i, project));
    }
  }

  /** Both thin products for all rows; the sum for those that ask for the adapter. */
  private void addTerms(int adapter, Slot in, List<AdapterTerms.Term> terms) {
    if (terms.isEmpty()) {
      return;
    }
    command(CommandCode.PROJECT, slot(in), adapter, terms.size());
    for (int i = 0; i < terms.size(); i++) {
      operands(weights.down(terms.get(i).change()), slot(between(i, in, terms.get(i))));
    }
    for (int i = 0; i < terms.size(); i++) {
      Slot out = terms.get(i).projection().out();
      Slot sum = new Slot("low-rank sum " + i, out.width(), in.rows());
      command(CommandCode.PROJECT, slot(between(i, in, terms.get(i))), adapter, 1);
      operands(weights.up(terms.get(i).change()), slot(sum));
      command(CommandCode.ADD_ADAPTED, adapter, slot(sum), slot(out));
    }
  }

  private static Slot between(int index, Slot in, AdapterTerms.Term term) {
    return new Slot("low-rank " + index, term.change().rank(), in.rows());
  }

  /** What was rounded of a slot is no longer its value. */
  private void changed(Slot slot) {
    rounded.remove(slot);
  }

  private void command(CommandCode command, int... operands) {
    code.add(command.ordinal());
    operands(operands);
  }

  private void operands(int... operands) {
    for (int operand : operands) {
      code.add(operand);
    }
  }

  private static BackendUnavailableException unsupported(String what) {
    return new BackendUnavailableException(
        "backend native cannot run %s: take vector or scalar".formatted(what));
  }
}
