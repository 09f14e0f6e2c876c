package dev.chasqui.engine.backend.vector;

import dev.chasqui.engine.backend.Activation;
import dev.chasqui.engine.backend.Angles;
import dev.chasqui.engine.backend.AttentionShape;
import dev.chasqui.engine.backend.Kernels;
import dev.chasqui.engine.backend.KvPages;
import dev.chasqui.engine.backend.LowRank;
import dev.chasqui.engine.backend.RowSet;
import dev.chasqui.engine.backend.Step;
import dev.chasqui.engine.tensor.Tensor;
import java.lang.foreign.Arena;
import java.util.List;

/**
 * Kernels on the Java Vector API and all threads of a pool. Owns the threads and the packed copies
 * of the weights.
 */
final class VectorKernels implements Kernels {

  /** Fewer values than this are not worth waking a thread for. */
  private static final int VALUES_PER_CHUNK = 8192;

  private final WorkerPool pool;
  private final Arena memory = Arena.ofShared();
  private final Packer packer;
  private final Projections projections;
  private final LowRankProducts lowRank;
  private final Attention attention;

  VectorKernels(int threads) {
    pool = new WorkerPool(threads, "chasqui-vector");
    packer = new Packer(memory, pool);
    projections = new Projections(pool);
    lowRank = new LowRankProducts(pool);
    attention = new Attention(pool);
  }

  private record Packed(List<PackedMatrix> matrices) implements Prepared {}

  @Override
  public Prepared prepare(List<Tensor> weights) {
    return new Packed(weights.stream().map(packer::pack).toList());
  }

  @Override
  public void project(Prepared weights, Activation in, List<Activation> outs) {
    projections.project(((Packed) weights).matrices(), in, outs);
  }

  @Override
  public PreparedLowRank prepareLowRank(List<LowRank> terms) {
    return LowRankProducts.prepare(terms);
  }

  @Override
  public void addLowRank(PreparedLowRank terms, Activation in, RowSet rows, List<Activation> outs) {
    lowRank.add((LowRankProducts.Terms) terms, in, rows, outs);
  }

  @Override
  public void rmsNorm(Activation in, float[] gain, float epsilon, Activation out) {
    float[] from = in.values();
    float[] to = out.values();
    forRows(
        in,
        (first, end) -> {
          for (int row = first; row < end; row++) {
            RowKernels.rmsNorm(from, row * gain.length, gain, epsilon, to);
          }
        });
  }

  @Override
  public void rotate(Activation heads, Angles angles) {
    float[] values = heads.values();
    int width = heads.width();
    int pairs = angles.rotation().pairs();
    forRows(
        heads,
        (first, end) -> {
          for (int row = first; row < end; row++) {
            RowKernels.rotate(
                values,
                row * width,
                width,
                angles.rotation(),
                angles.cosines(),
                angles.sines(),
                row * pairs);
          }
        });
  }

  @Override
  public void attend(
      Step step, Activation queries, KvPages pages, AttentionShape shape, Activation out) {
    attention.attend(step, queries.values(), pages, shape, out.values());
  }

  @Override
  public void swiGlu(Activation gate, Activation up, Activation out) {
    int width = gate.width();
    forRows(
        gate,
        (first, end) ->
            RowKernels.swiGlu(
                gate.values(), up.values(), out.values(), first * width, end * width));
  }

  @Override
  public void add(Activation term, Activation to) {
    int width = term.width();
    forRows(
        term,
        (first, end) -> RowKernels.add(term.values(), to.values(), first * width, end * width));
  }

  /** Work on rows first to end - 1. */
  @FunctionalInterface
  private interface RowRange {
    void run(int first, int end);
  }

  private void forRows(Activation activation, RowRange work) {
    int rows = activation.rows();
    int grain = Math.max(1, VALUES_PER_CHUNK / activation.width());
    pool.run(
        (rows + grain - 1) / grain,
        (chunk, worker) -> work.run(chunk * grain, Math.min(rows, (chunk + 1) * grain)));
  }

  @Override
  public void close() {
    pool.close();
    memory.close();
  }
}
