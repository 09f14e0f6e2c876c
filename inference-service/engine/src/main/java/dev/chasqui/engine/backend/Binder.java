package dev.chasqui.engine.backend;

import dev.chasqui.engine.backend.InterpretedSession.Bound;
import dev.chasqui.engine.backend.InterpretedSession.Instruction;
import dev.chasqui.engine.tensor.Dequantizer;
import dev.chasqui.engine.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Binds the ops of a program to activations, prepared weights and KV memory, once at load. */
final class Binder {

  private final BoundWeights weights;
  private final Kernels kernels;
  private final KvShape kv;
  private final AttentionShape attention;
  private final BoundAdapters adapters;
  private final Map<Slot, Activation> activations = new LinkedHashMap<>();
  private final Map<Rotation, Angles> angles = new HashMap<>();
  private final List<KvPages> pages = new ArrayList<>();
  private final List<Instruction> code = new ArrayList<>();
  private int vocabularySize = Integer.MAX_VALUE;

  Binder(BoundWeights weights, Kernels kernels, KvShape kv, AttentionShape attention) {
    this.weights = weights;
    this.kernels = kernels;
    this.kv = kv;
    this.attention = attention;
    this.adapters = new BoundAdapters(weights.adapters(), kernels);
  }

  Bound bind(Program program) {
    for (int layer = 0; layer < program.layers(); layer++) {
      pages.add(new KvPages(kv, attention));
    }
    adapters.check(program);
    for (Op op : program.ops()) {
      code.add(bind(op));
      if (op instanceof Op.Project project) {
        code.addAll(adapters.changes(project, this::activation));
      }
    }
    List<Instruction> all = new ArrayList<>(adapters.preparations());
    angles.values().forEach(rotation -> all.add(rotation::prepare));
    all.addAll(code);
    return new Bound(rowsOf(Slot.Rows.TOKENS), rowsOf(Slot.Rows.LOGITS), List.copyOf(all));
  }

  /** Returns the rows of the smallest embedding table: token ids must be below it. */
  int vocabularySize() {
    return vocabularySize;
  }

  Activation activation(Slot slot) {
    return activations.computeIfAbsent(slot, s -> new Activation(0, s.width()));
  }

  private List<Activation> rowsOf(Slot.Rows rows) {
    return activations.entrySet().stream()
        .filter(entry -> entry.getKey().rows() == rows)
        .map(Map.Entry::getValue)
        .toList();
  }

  private Instruction bind(Op op) {
    return switch (op) {
      case Op.Embed embed -> embed(embed);
      case Op.RmsNorm norm -> rmsNorm(norm);
      case Op.Project project -> project(project);
      case Op.AddBias bias -> addBias(bias);
      case Op.Rotate rotate -> rotate(rotate);
      case Op.StoreKv store -> storeKv(store);
      case Op.Attend attend -> attend(attend);
      case Op.SwiGlu swiGlu -> swiGlu(swiGlu);
      case Op.Add add -> add(add);
      case Op.TakeLogitRows take -> takeLogitRows(take);
    };
  }

  private Instruction embed(Op.Embed op) {
    Tensor table = weights.matrix(op.table());
    vocabularySize = Math.min(vocabularySize, table.rows());
    Dequantizer dequantizer = Dequantizer.of(table.dtype());
    Activation out = activation(op.out());
    int width = table.columns();
    return step -> {
      for (int row = 0; row < step.rows(); row++) {
        long offset = step.tokenIds()[row] * table.rowBytes();
        dequantizer.dequantize(table.bytes(), offset, out.values(), row * width, width);
      }
    };
  }

  private Instruction rmsNorm(Op.RmsNorm op) {
    Activation in = activation(op.in());
    Activation out = activation(op.out());
    float[] gain = weights.vector(op.gain());
    return _ -> kernels.rmsNorm(in, gain, op.epsilon(), out);
  }

  private Instruction project(Op.Project op) {
    Activation in = activation(op.in());
    List<Activation> outs = op.projections().stream().map(p -> activation(p.out())).toList();
    Kernels.Prepared prepared =
        kernels.prepare(op.projections().stream().map(p -> weights.matrix(p.weight())).toList());
    return _ -> kernels.project(prepared, in, outs);
  }

  private Instruction addBias(Op.AddBias op) {
    Activation to = activation(op.to());
    float[] bias = weights.vector(op.bias());
    return _ -> {
      for (int row = 0; row < to.rows(); row++) {
        for (int i = 0; i < bias.length; i++) {
          to.values()[row * bias.length + i] += bias[i];
        }
      }
    };
  }

  private Instruction rotate(Op.Rotate op) {
    Activation heads = activation(op.heads());
    Angles turned = angles.computeIfAbsent(op.rotation(), Angles::new);
    return _ -> kernels.rotate(heads, turned);
  }

  private Instruction storeKv(Op.StoreKv op) {
    Activation keys = activation(op.keys());
    Activation values = activation(op.values());
    KvPages layer = pages.get(op.layer());
    return step -> layer.store(step, keys, values);
  }

  private Instruction attend(Op.Attend op) {
    Activation queries = activation(op.queries());
    Activation out = activation(op.out());
    KvPages layer = pages.get(op.layer());
    return step -> kernels.attend(step, queries, layer, attention, out);
  }

  private Instruction swiGlu(Op.SwiGlu op) {
    Activation gate = activation(op.gate());
    Activation up = activation(op.up());
    Activation out = activation(op.out());
    return _ -> kernels.swiGlu(gate, up, out);
  }

  private Instruction add(Op.Add op) {
    Activation term = activation(op.term());
    Activation to = activation(op.to());
    return _ -> kernels.add(term, to);
  }

  private Instruction takeLogitRows(Op.TakeLogitRows op) {
    Activation in = activation(op.in());
    Activation out = activation(op.out());
    int width = in.width();
    return step -> {
      for (int i = 0; i < step.logitRows().length; i++) {
        int from = step.logitRows()[i] * width;
        System.arraycopy(in.values(), from, out.values(), i * width, width);
      }
    };
  }
}
