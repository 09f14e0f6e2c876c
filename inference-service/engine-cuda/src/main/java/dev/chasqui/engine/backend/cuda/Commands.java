package dev.chasqui.engine.backend.cuda;

import dev.chasqui.engine.api.BackendUnavailableException;
import dev.chasqui.engine.backend.AdapterTerms;
import dev.chasqui.engine.backend.LowRank;
import dev.chasqui.engine.backend.Op;
import dev.chasqui.engine.backend.Op.Projection;
import dev.chasqui.engine.backend.Rotation;
import dev.chasqui.engine.backend.Slot;
import dev.chasqui.engine.backend.Weight;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes the command list of the library, once, when a session is opened. */
final class Commands {

  private static final int NONE = -1;

  private final Fusion.Fused fused;
  private final Buffers buffers;
  private final Weights weights;
  private final AdapterTerms adapters;
  private final Map<Rotation, Integer> rotations = new LinkedHashMap<>();
  private final List<Integer> code = new ArrayList<>();

  private Commands(Fusion.Fused fused, Buffers buffers, Weights weights, AdapterTerms adapters) {
    this.fused = fused;
    this.buffers = buffers;
    this.weights = weights;
    this.adapters = adapters;
  }

  /** Writes the commands of a program, and uploads the weights that they name. */
  static Commands of(Fusion.Fused fused, Buffers buffers, Weights weights, AdapterTerms adapters) {
    Commands commands = new Commands(fused, buffers, weights, adapters);
    fused.ops().forEach(commands::write);
    commands.buffers.index(fused.logits());
    return commands;
  }

  /** Returns width, precision and kind of each buffer. */
  int[] buffers() {
    return buffers.buffers();
  }

  /** Returns buffer, first column and width of each slot, in the order of their indices. */
  int[] slots() {
    return buffers.slots();
  }

  /** Returns the commands, each with its operands. */
  int[] code() {
    return code.stream().mapToInt(Integer::intValue).toArray();
  }

  /** Returns the index of the slot of the result. */
  int logits() {
    return buffers.index(fused.logits());
  }

  /** Returns the rotations in the order in which a step must bring their angles. */
  List<Rotation> rotations() {
    return List.copyOf(rotations.keySet());
  }

  private void write(FusedOp op) {
    switch (op) {
      case FusedOp.Single(Op single) -> write(single);
      case FusedOp.ProjectOnto(Slot in, Projection projection, Slot onto) -> {
        command(CommandCode.PROJECT, slot(in), weights.matrix(List.of(projection.weight())));
        operands(slot(onto), 1);
        addTerms(new Op.Project(in, List.of(projection)), onto);
      }
      case FusedOp.AddNorm(Op.Add add, Op.RmsNorm norm) -> norm(norm, slot(add.term()));
      case FusedOp.RotateStore(Slot queries, Rotation rotation, Op.StoreKv store) ->
          command(
              CommandCode.ROTATE,
              slot(queries),
              slot(store.keys()),
              slot(store.values()),
              store.layer(),
              rotation(rotation),
              interleaved(rotation));
    }
  }

  private void write(Op op) {
    switch (op) {
      case Op.Embed(Weight table, Slot out) ->
          command(CommandCode.EMBED, weights.matrix(List.of(table)), slot(out));
      case Op.RmsNorm norm -> norm(norm, NONE);
      case Op.Project project -> project(project);
      case Op.AddBias(Weight bias, Slot to) ->
          command(CommandCode.ADD_BIAS, weights.vector(bias), slot(to));
      case Op.Rotate(Slot heads, Rotation rotation) ->
          command(
              CommandCode.ROTATE,
              slot(heads),
              NONE,
              NONE,
              NONE,
              rotation(rotation),
              interleaved(rotation));
      case Op.StoreKv(int layer, Slot keys, Slot values) ->
          command(CommandCode.ROTATE, NONE, slot(keys), slot(values), layer, NONE, 0);
      case Op.Attend(int layer, Slot queries, Slot out) ->
          command(CommandCode.ATTEND, layer, slot(queries), slot(out));
      case Op.SwiGlu(Slot gate, Slot up, Slot out) ->
          command(CommandCode.SWIGLU, slot(gate), slot(up), slot(out));
      case Op.Add(Slot term, Slot to) -> command(CommandCode.ADD, slot(term), slot(to));
      case Op.TakeLogitRows(Slot in, Slot out) -> command(CommandCode.TAKE, slot(in), slot(out));
      // Ops that are younger than the library: the program runs elsewhere, and says why.
      default ->
          throw new BackendUnavailableException(
              "backend cuda cannot run the operation %s: take native or vector"
                  .formatted(op.getClass().getSimpleName()));
    }
  }

  private void norm(Op.RmsNorm norm, int term) {
    command(CommandCode.NORM, slot(norm.in()), weights.vector(norm.gain()));
    operands(Float.floatToRawIntBits(norm.epsilon()), slot(norm.out()), term);
  }

  /** One product for as many projections as lie side by side and are stored alike. */
  private void project(Op.Project project) {
    List<Projection> together = new ArrayList<>();
    for (Projection each : project.projections()) {
      if (!together.isEmpty() && !belongsTo(together.getLast(), each)) {
        multiply(project.in(), together);
        together.clear();
      }
      together.add(each);
    }
    multiply(project.in(), together);
    project
        .projections()
        .forEach(each -> addTerms(new Op.Project(project.in(), List.of(each)), each.out()));
  }

  private boolean belongsTo(Projection before, Projection next) {
    return buffers.follows(next.out(), before.out())
        && weights.storedType(before.weight()) == weights.storedType(next.weight());
  }

  private void multiply(Slot in, List<Projection> together) {
    List<Weight> stacked = together.stream().map(Projection::weight).toList();
    command(CommandCode.PROJECT, slot(in), weights.matrix(stacked));
    operands(slot(together.getFirst().out()), 0);
  }

  /** What adapters add to one product. */
  private void addTerms(Op.Project product, Slot to) {
    List<Optional<LowRank>> changes = new ArrayList<>();
    for (int i = 0; i < adapters.adapters().size(); i++) {
      changes.add(adapters.of(i, product).stream().findFirst().map(AdapterTerms.Term::change));
    }
    if (changes.stream().noneMatch(Optional::isPresent)) {
      return;
    }
    command(CommandCode.LOW_RANK, slot(product.in()), slot(to));
    for (Optional<LowRank> change : changes) {
      change.ifPresentOrElse(
          each ->
              operands(
                  weights.down(each),
                  weights.up(each),
                  each.rank(),
                  Float.floatToRawIntBits(each.scale())),
          () -> operands(NONE, NONE, 0, 0));
    }
  }

  private int slot(Slot slot) {
    return buffers.index(slot);
  }

  private int rotation(Rotation rotation) {
    return rotations.computeIfAbsent(rotation, r -> rotations.size());
  }

  private static int interleaved(Rotation rotation) {
    return rotation.pairing() == Rotation.Pairing.INTERLEAVED ? 1 : 0;
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
}
