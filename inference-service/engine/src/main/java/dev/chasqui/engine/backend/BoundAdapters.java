package dev.chasqui.engine.backend;

import dev.chasqui.engine.backend.InterpretedSession.Instruction;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/** The adapters of a session: which rows of a step ask for them, and what is added to products. */
final class BoundAdapters {

  private final List<Adapter> adapters;
  private final List<AdapterRows> rows;
  private final Kernels kernels;

  BoundAdapters(List<Adapter> adapters, Kernels kernels) {
    this.adapters = List.copyOf(adapters);
    this.rows = AdapterRows.of(adapters);
    this.kernels = kernels;
  }

  /** Refuses adapters that change what the program does not multiply with. */
  void check(Program program) {
    Set<String> multiplied = new HashSet<>();
    for (Op op : program.ops()) {
      if (op instanceof Op.Project project) {
        project.projections().forEach(p -> multiplied.add(p.weight().name()));
      }
    }
    for (Adapter adapter : adapters) {
      Set<String> unknown = new TreeSet<>(adapter.changes().keySet());
      unknown.removeAll(multiplied);
      if (!unknown.isEmpty()) {
        throw new IllegalArgumentException(
            "adapter %s changes %s, which %s does not multiply with"
                .formatted(adapter.name(), unknown, program.name()));
      }
    }
  }

  /** Returns what finds the rows of a step, before all else. */
  List<Instruction> preparations() {
    return rows.stream().<Instruction>map(of -> of::prepare).toList();
  }

  /** Returns what follows the products of an op, one instruction for each adapter of theirs. */
  List<Instruction> changes(Op.Project op, Function<Slot, Activation> activations) {
    List<Instruction> changes = new ArrayList<>();
    for (int i = 0; i < adapters.size(); i++) {
      List<LowRank> terms = new ArrayList<>();
      List<Activation> outs = new ArrayList<>();
      for (Op.Projection projection : op.projections()) {
        LowRank term = adapters.get(i).changes().get(projection.weight().name());
        if (term != null) {
          terms.add(term.fitting(projection.weight()));
          outs.add(activations.apply(projection.out()));
        }
      }
      if (!terms.isEmpty()) {
        RowSet of = rows.get(i).in(op.in().rows());
        changes.add(change(kernels.prepareLowRank(terms), activations.apply(op.in()), of, outs));
      }
    }
    return changes;
  }

  private Instruction change(
      Kernels.PreparedLowRank terms, Activation in, RowSet of, List<Activation> outs) {
    return _ -> {
      if (of.size() > 0) {
        kernels.addLowRank(terms, in, of, outs);
      }
    };
  }
}
