package dev.chasqui.engine.backend.cuda;

import dev.chasqui.engine.backend.Backend;
import dev.chasqui.engine.backend.KvShape;
import dev.chasqui.engine.backend.Slice;
import dev.chasqui.engine.backend.Step;
import dev.chasqui.engine.checkpoint.Checkpoint;
import dev.chasqui.engine.checkpoint.ModelConfig;
import dev.chasqui.engine.checkpoint.RandomCheckpoint;
import dev.chasqui.engine.checkpoint.Rope;
import dev.chasqui.engine.checkpoint.RopeScaling;
import dev.chasqui.engine.model.Transformer;
import dev.chasqui.engine.tensor.Dtype;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Measures backend cuda with random bfloat16 weights of the shape of Llama 3 8B, and holds it
 * against what the device can do at most.
 */
final class DeviceBench {

  private static final int CONTEXT = 512;
  private static final int WARM_UP = 5;
  private static final int RUNS = 30;
  private static final int BLOCK = 16;
  private static final int LONGEST = 8192;

  private final Transformer model;
  private final ModelConfig config;
  private final double copyBytesPerSecond;
  private final double matmulFlopsPerSecond;

  private DeviceBench(Transformer model, double copy, double matmul) {
    this.model = model;
    this.config = model.config();
    this.copyBytesPerSecond = copy;
    this.matmulFlopsPerSecond = matmul;
  }

  /**
   * Measures.
   *
   * @param arguments layers; bytes a second of a copy and operations a second of a product, 0 where
   *     they were not measured; then, for a trial without a GPU, a small width
   */
  public static void main(String[] arguments) {
    Locale.setDefault(Locale.ROOT);
    boolean trial = arguments.length > 3;
    Backend backend = new CudaBackendProvider().create(1);
    ModelConfig config =
        trial ? small(Integer.parseInt(arguments[3])) : llama(Integer.parseInt(arguments[0]));
    int[] batches = trial ? new int[] {1, 8} : new int[] {1, 8, 64, 256};
    int[] prefills = trial ? new int[] {64} : new int[] {512, 2048, LONGEST};
    int blocks = batches[batches.length - 1] * Math.ceilDiv(CONTEXT + RUNS + WARM_UP, BLOCK);
    KvShape kv = new KvShape(Math.max(blocks, LONGEST / BLOCK), BLOCK);
    try (Checkpoint checkpoint = RandomCheckpoint.of(config, Dtype.BF16);
        Transformer model = Transformer.load(checkpoint, backend, kv)) {
      DeviceBench bench =
          new DeviceBench(
              model, Double.parseDouble(arguments[1]), Double.parseDouble(arguments[2]));
      System.out.println(
          "| what | tokens/s | ms a step | bytes/s | of copy | FLOP/s | of matmul |");
      System.out.println("|---|---|---|---|---|---|---|");
      Arrays.stream(batches).forEach(bench::decode);
      Arrays.stream(prefills).forEach(bench::prefill);
      bench.answers(8, trial ? 8 : 32, trial ? 8 : 128);
    }
  }

  private static ModelConfig llama(int layers) {
    return config(128256, 4096, layers, new int[] {32, 8, 128}, 14336);
  }

  private static ModelConfig small(int width) {
    return config(512, width, 2, new int[] {width / 16, width / 32, 16}, 2 * width);
  }

  private static ModelConfig config(int vocabulary, int hidden, int layers, int[] heads, int ffn) {
    Rope rope = new Rope(500_000, heads[2], Rope.Pairing.INTERLEAVED, new RopeScaling.None());
    return new ModelConfig(
        "random-" + hidden,
        vocabulary,
        hidden,
        layers,
        heads[0],
        heads[1],
        heads[2],
        ffn,
        1e-5f,
        rope,
        LONGEST,
        false,
        0);
  }

  /** Every sequence has the context's length already; the best token of each comes back. */
  private void decode(int batch) {
    int blocksEach = Math.ceilDiv(CONTEXT + RUNS + WARM_UP, BLOCK);
    double seconds =
        median(WARM_UP, RUNS, run -> model.greedy(decode(batch, CONTEXT + run, blocksEach)));
    double bytes = weights() * 2 + (double) batch * CONTEXT * kvBytesOfToken();
    double flops = batch * (2 * weights() + attentionFlops(CONTEXT));
    report("decode, batch " + batch + ", context " + CONTEXT, batch, seconds, bytes, flops);
  }

  private void prefill(int tokens) {
    int[] blocks = IntStream.range(0, Math.ceilDiv(tokens, BLOCK)).toArray();
    Step step =
        new Step(
            IntStream.range(0, tokens).map(this::token).toArray(),
            List.of(new Slice(0, tokens, 0, blocks)),
            new int[] {tokens - 1});
    double seconds = median(2, 7, _ -> model.greedy(step));
    double flops = tokens * (2 * weights() + attentionFlops(tokens / 2));
    report("prefill of " + tokens, tokens, seconds, weights() * 2, flops);
  }

  /** So many prompts at once, from the first token to the last of all answers. */
  private void answers(int batch, int prompt, int answer) {
    int blocksEach = Math.ceilDiv(prompt + answer, BLOCK);
    double seconds =
        median(
            1,
            3,
            _ -> {
              model.greedy(prompts(batch, prompt, blocksEach));
              for (int i = 0; i < answer - 1; i++) {
                model.greedy(decode(batch, prompt + i, blocksEach));
              }
            });
    System.out.printf(
        "| %d prompts of %d tokens, %d new ones each | %.1f | %.1f in all | | | | |%n",
        batch, prompt, answer, batch * answer / seconds, 1e3 * seconds);
  }

  private Step decode(int batch, int position, int blocksEach) {
    List<Slice> slices = new ArrayList<>();
    for (int i = 0; i < batch; i++) {
      slices.add(new Slice(i, 1, position, blocks(i, blocksEach)));
    }
    int[] all = IntStream.range(0, batch).toArray();
    return new Step(IntStream.range(0, batch).map(this::token).toArray(), slices, all);
  }

  private Step prompts(int batch, int length, int blocksEach) {
    List<Slice> slices = new ArrayList<>();
    int[] last = new int[batch];
    for (int i = 0; i < batch; i++) {
      slices.add(new Slice(i * length, length, 0, blocks(i, blocksEach)));
      last[i] = (i + 1) * length - 1;
    }
    return new Step(IntStream.range(0, batch * length).map(this::token).toArray(), slices, last);
  }

  private static int[] blocks(int sequence, int each) {
    return IntStream.range(sequence * each, (sequence + 1) * each).toArray();
  }

  private int token(int row) {
    return (row * 7919 + 13) % config.vocabularySize();
  }

  /** Values of all matrices but the embedding table, of which a step reads a few rows. */
  private double weights() {
    double hidden = config.hiddenSize();
    double layer =
        hidden * (2.0 * config.queryWidth() + 2.0 * config.kvWidth() + 3.0 * config.ffnSize());
    return config.layers() * layer + hidden * config.vocabularySize();
  }

  private double kvBytesOfToken() {
    return 2.0 * 2 * config.layers() * config.kvWidth();
  }

  private double attentionFlops(int context) {
    return 4.0 * config.layers() * config.queryWidth() * context;
  }

  private interface Run {
    void run(int number);
  }

  /** Seconds of the median run. */
  private static double median(int warmUp, int runs, Run run) {
    double[] seconds = new double[runs];
    for (int i = -warmUp; i < runs; i++) {
      long start = System.nanoTime();
      run.run(i + warmUp);
      if (i >= 0) {
        seconds[i] = (System.nanoTime() - start) / 1e9;
      }
    }
    Arrays.sort(seconds);
    return seconds[runs / 2];
  }

  private void report(String what, int tokens, double seconds, double bytes, double flops) {
    System.out.printf(
        "| %s | %.1f | %.3f | %.3g | %s | %.3g | %s |%n",
        what,
        tokens / seconds,
        1e3 * seconds,
        bytes / seconds,
        share(bytes / seconds, copyBytesPerSecond),
        flops / seconds,
        share(flops / seconds, matmulFlopsPerSecond));
  }

  private static String share(double reached, double most) {
    return most > 0 ? "%.0f %%".formatted(100 * reached / most) : "-";
  }
}
