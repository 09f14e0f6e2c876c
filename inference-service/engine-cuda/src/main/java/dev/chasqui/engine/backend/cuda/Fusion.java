package dev.chasqui.engine.backend.cuda;

import dev.chasqui.engine.backend.Op;
import dev.chasqui.engine.backend.Op.Projection;
import dev.chasqui.engine.backend.Program;
import dev.chasqui.engine.backend.Slot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds the ops of a program that one launch can compute. A norm in place gets a slot of its own,
 * so that what it normalises may stay float32 while what projections read does not.
 */
final class Fusion {

  private final List<Op> ops = new ArrayList<>();
  private final Map<Slot, Slot> renamed = new HashMap<>();
  private final List<FusedOp> fused = new ArrayList<>();
  private final Slot logits;

  private Fusion(Program program) {
    program.ops().forEach(op -> ops.add(rename(op)));
    this.logits = of(program.logits());
  }

  /**
   * The result.
   *
   * @param ops in order
   * @param logits the slot of the result
   */
  record Fused(List<FusedOp> ops, Slot logits) {

    /** Copies the list. */
    Fused {
      ops = List.copyOf(ops);
    }
  }

  static Fused of(Program program) {
    Fusion fusion = new Fusion(program);
    int next = 0;
    while (next < fusion.ops.size()) {
      next = fusion.take(next);
    }
    return new Fused(fusion.fused, fusion.logits);
  }

  /** Writes what begins at an op; returns the next one. */
  private int take(int at) {
    return switch (ops.get(at)) {
      case Op.Project project when project.projections().size() == 1 ->
          projectOnto(at, project.in(), project.projections().getFirst());
      case Op.Rotate rotate -> rotateStore(at, rotate);
      case Op.Add add -> addNorm(at, add);
      case Op op -> single(at, op);
    };
  }

  private int single(int at, Op op) {
    fused.add(new FusedOp.Single(op));
    return at + 1;
  }

  /** Project(x), AddBias(x) …, Add(x, to), where nobody reads x again. */
  private int projectOnto(int at, Slot in, Projection projection) {
    Slot out = projection.out();
    int next = at + 1;
    List<Op.AddBias> biases = new ArrayList<>();
    while (next < ops.size() && ops.get(next) instanceof Op.AddBias bias && bias.to().equals(out)) {
      biases.add(bias);
      next++;
    }
    if (next < ops.size()
        && ops.get(next) instanceof Op.Add(Slot term, Slot to)
        && term.equals(out)
        && !to.equals(in)
        && isDeadBehind(next, out)) {
      fused.add(new FusedOp.ProjectOnto(in, projection, to));
      biases.forEach(bias -> fused.add(new FusedOp.Single(new Op.AddBias(bias.bias(), to))));
      return next + 1;
    }
    return single(at, ops.get(at));
  }

  /** Rotate(queries), Rotate(keys), StoreKv(keys, values), where nobody reads the keys again. */
  private int rotateStore(int at, Op.Rotate queries) {
    if (at + 2 < ops.size()
        && ops.get(at + 1) instanceof Op.Rotate keys
        && ops.get(at + 2) instanceof Op.StoreKv store
        && keys.rotation().equals(queries.rotation())
        && keys.heads().equals(store.keys())
        && isDeadBehind(at + 2, store.keys())) {
      fused.add(new FusedOp.RotateStore(queries.heads(), queries.rotation(), store));
      return at + 3;
    }
    return single(at, queries);
  }

  private int addNorm(int at, Op.Add add) {
    if (at + 1 < ops.size()
        && ops.get(at + 1) instanceof Op.RmsNorm norm
        && norm.in().equals(add.to())
        && !norm.out().equals(add.term())) {
      fused.add(new FusedOp.AddNorm(add, norm));
      return at + 2;
    }
    return single(at, add);
  }

  private boolean isDeadBehind(int at, Slot slot) {
    for (Op op : ops.subList(at + 1, ops.size())) {
      if (SlotUse.reads(op).contains(slot)) {
        return false;
      }
      if (SlotUse.overwrites(op).contains(slot)) {
        return true;
      }
    }
    return !slot.equals(logits);
  }

  private Slot of(Slot slot) {
    return renamed.getOrDefault(slot, slot);
  }

  private Op rename(Op op) {
    return switch (op) {
      case Op.Embed(var table, var out) -> new Op.Embed(table, of(out));
      case Op.RmsNorm norm -> rename(norm);
      case Op.Project(var in, var projections) ->
          new Op.Project(
              of(in),
              projections.stream()
                  .map(each -> new Projection(each.weight(), of(each.out())))
                  .toList());
      case Op.AddBias(var bias, var to) -> new Op.AddBias(bias, of(to));
      case Op.Rotate(var heads, var rotation) -> new Op.Rotate(of(heads), rotation);
      case Op.StoreKv(var layer, var keys, var values) ->
          new Op.StoreKv(layer, of(keys), of(values));
      case Op.Attend(var layer, var queries, var out) -> new Op.Attend(layer, of(queries), of(out));
      case Op.SwiGlu(var gate, var up, var out) -> new Op.SwiGlu(of(gate), of(up), of(out));
      case Op.Add(var term, var to) -> new Op.Add(of(term), of(to));
      case Op.TakeLogitRows(var in, var out) -> new Op.TakeLogitRows(of(in), of(out));
    };
  }

  private Op rename(Op.RmsNorm norm) {
    Slot in = of(norm.in());
    Slot out = of(norm.out());
    if (in.equals(out)) {
      out = new Slot(out.name() + " normed", out.width(), out.rows());
      renamed.put(norm.out(), out);
    }
    return new Op.RmsNorm(in, norm.gain(), norm.epsilon(), out);
  }
}
