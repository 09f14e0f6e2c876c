package dev.chasqui.engine.backend.nativecode;

import dev.chasqui.engine.backend.AttentionShape;
import dev.chasqui.engine.backend.Backends;
import dev.chasqui.engine.backend.KvShape;
import dev.chasqui.engine.backend.KvType;
import dev.chasqui.engine.backend.Logits;
import dev.chasqui.engine.backend.Op;
import dev.chasqui.engine.backend.Program;
import dev.chasqui.engine.backend.Session;
import dev.chasqui.engine.backend.Slice;
import dev.chasqui.engine.backend.Slot;
import dev.chasqui.engine.backend.Step;
import dev.chasqui.engine.tensor.Dtype;
import dev.chasqui.engine.tensor.RandomTensors;
import dev.chasqui.engine.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A program of one op, repeated so often that what else a step does hardly counts: the rows of an
 * embedding go in, no logits come out.
 */
record KernelSession(Session session, KvShape kv) implements AutoCloseable {

  /** How often the op is repeated, each time on other weights or on another layer. */
  static final int TIMES = 16;

  /** SmolLM2-135M's heads. */
  private static final AttentionShape HEADS = new AttentionShape(9, 3, 64);

  private static final AttentionShape NO_HEADS = new AttentionShape(1, 1, 1);
  private static final KvShape NO_CONTEXT = new KvShape(64, 16);
  private static final int TOKENS = 64;
  private static final int BLOCK_SIZE = 16;
  private static final int STORED_AT_ONCE = 128;

  /** Products with matrices {@code [outputs, inputs]} of a dtype. */
  static KernelSession projecting(
      String backend, int threads, Dtype dtype, int outputs, int inputs) {
    Tensor table = RandomTensors.of(Dtype.F32, TOKENS, inputs, 0);
    Slot in = tokens("in", inputs);
    Slot out = tokens("out", outputs);
    List<Tensor> tensors = new ArrayList<>(List.of(table));
    List<Op> ops = new ArrayList<>(List.of(new Op.Embed(ProgramContract.weight(table), in)));
    for (int i = 1; i <= TIMES; i++) {
      Tensor matrix = RandomTensors.of(dtype, outputs, inputs, i);
      tensors.add(matrix);
      Op.Projection product = new Op.Projection(ProgramContract.weight(matrix), out);
      ops.add(new Op.Project(in, List.of(product)));
    }
    return open(backend, threads, tensors, program(ops, out, 0, NO_HEADS), NO_CONTEXT);
  }

  /** Norms of rows so wide. */
  static KernelSession normalising(String backend, int threads, int width) {
    Tensor table = RandomTensors.of(Dtype.F32, TOKENS, width, 0);
    Tensor gain = RandomTensors.of(Dtype.F32, 1, width, 1);
    Slot in = tokens("in", width);
    Slot out = tokens("out", width);
    List<Op> ops = new ArrayList<>(List.of(new Op.Embed(ProgramContract.weight(table), in)));
    for (int i = 0; i < TIMES; i++) {
      ops.add(new Op.RmsNorm(in, ProgramContract.weight(gain), 1e-5f, out));
    }
    return open(backend, threads, List.of(table, gain), program(ops, out, 0, NO_HEADS), NO_CONTEXT);
  }

  /** Attention over as many positions as a context holds, which are stored at once. */
  static KernelSession attending(String backend, int threads, int context, KvType type) {
    Tensor table = RandomTensors.of(Dtype.F32, TOKENS, HEADS.kvWidth(), 0);
    Tensor wide = RandomTensors.of(Dtype.F32, HEADS.queryWidth(), HEADS.kvWidth(), 1);
    Slot in = tokens("keys and values", HEADS.kvWidth());
    Slot queries = tokens("queries", HEADS.queryWidth());
    Slot out = tokens("out", HEADS.queryWidth());
    List<Op> ops = new ArrayList<>();
    ops.add(new Op.Embed(ProgramContract.weight(table), in));
    ops.add(new Op.Project(in, List.of(new Op.Projection(ProgramContract.weight(wide), queries))));
    for (int layer = 0; layer < TIMES; layer++) {
      ops.add(new Op.StoreKv(layer, in, in));
      ops.add(new Op.Attend(layer, queries, out));
    }
    KvShape kv = new KvShape(Math.ceilDiv(context, BLOCK_SIZE), BLOCK_SIZE, type);
    KernelSession opened =
        open(backend, threads, List.of(table, wide), program(ops, out, TIMES, HEADS), kv);
    for (int start = 0; start < context; start += STORED_AT_ONCE) {
      opened.run(opened.step(Math.min(STORED_AT_ONCE, context - start), start));
    }
    return opened;
  }

  private static Slot tokens(String name, int width) {
    return new Slot(name, width, Slot.Rows.TOKENS);
  }

  private static Program program(List<Op> ops, Slot out, int layers, AttentionShape heads) {
    Slot taken = new Slot("taken", out.width(), Slot.Rows.LOGITS);
    ops.add(new Op.TakeLogitRows(out, taken));
    return new Program("kernel", ops, taken, layers, heads);
  }

  private static KernelSession open(
      String backend, int threads, List<Tensor> tensors, Program program, KvShape kv) {
    Map<String, Tensor> byName =
        tensors.stream().collect(Collectors.toMap(Tensor::name, tensor -> tensor));
    Session session =
        Backends.open(backend, threads, opened -> opened.open(program, byName, kv)).value();
    return new KernelSession(session, kv);
  }

  /** Makes a step of one sequence, whose logits nobody asks for. */
  Step step(int rows, int start) {
    int[] ids = IntStream.range(start, start + rows).map(i -> i % TOKENS).toArray();
    int[] blocks = IntStream.range(0, kv.blocks()).toArray();
    return new Step(ids, List.of(new Slice(0, rows, start, blocks)), new int[0]);
  }

  Logits run(Step step) {
    return session.run(step);
  }

  @Override
  public void close() {
    session.close();
  }
}
