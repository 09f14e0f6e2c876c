package dev.chasqui.engine.backend.nativecode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.engine.backend.KvType;
import dev.chasqui.engine.backend.Logits;
import dev.chasqui.engine.backend.Step;
import dev.chasqui.engine.tensor.Dequantizer;
import dev.chasqui.engine.tensor.Dtype;
import dev.chasqui.engine.tensor.RandomTensors;
import dev.chasqui.engine.tensor.Tensor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * How long one kernel takes, by backend: a product, attention, a norm, and dequantising a row,
 * which all backends do in Java. Sizes are SmolLM2-135M's.
 *
 * <p>Run with {@code deploy/bench/kernels}, which takes the options of JMH.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 1)
public class KernelBenchmark {

  private static final int WIDTH = 576;
  private static final int OUTPUTS = 1536;

  /** What runs a kernel. */
  @State(Scope.Thread)
  public abstract static class OnBackend {

    /** A backend's name, as options give it. */
    @Param({"vector", "native"})
    public String backend = "";

    /** Compute threads. */
    @Param("2")
    public int threads = 1;
  }

  /** A matrix of 1536 outputs and 576 inputs. */
  public static class Product extends OnBackend {

    /** The dtype of the matrix. */
    @Param({"F32", "F16", "BF16", "Q8_0", "Q4_0", "Q4_1", "Q5_0", "Q5_1", "Q4_K", "Q5_K", "Q6_K"})
    public Dtype dtype = Dtype.F32;

    /** Rows that are multiplied. */
    @Param({"1", "8", "128"})
    public int rows = 1;

    private KernelSession kernel;
    private Step step;

    /** Packs the matrices. */
    @Setup
    public void open() {
      // whole blocks of every dtype
      int inputs = dtype.blockSize() > 32 ? 512 : WIDTH;
      kernel = KernelSession.projecting(backend, threads, dtype, OUTPUTS, inputs);
      step = kernel.step(rows, 0);
    }

    /** Frees them. */
    @TearDown
    public void close() {
      kernel.close();
    }
  }

  /** Nine heads of 64, three of which share keys and values. */
  public static class Attention extends OnBackend {

    /** Positions that a row attends to. */
    @Param({"512", "4096"})
    public int context = 1;

    /** How keys and values are kept; F16 and INT8 by backend native only. */
    @Param("AUTO")
    public KvType kv = KvType.AUTO;

    /** The last rows of the context, all of one sequence. */
    @Param({"1", "128"})
    public int rows = 1;

    private KernelSession kernel;
    private Step step;

    /** Stores keys and values of the whole context. */
    @Setup
    public void open() {
      kernel = KernelSession.attending(backend, threads, context, kv);
      step = kernel.step(rows, context - rows);
    }

    /** Frees them. */
    @TearDown
    public void close() {
      kernel.close();
    }
  }

  /** Rows of 576. */
  public static class Norm extends OnBackend {

    /** How many. */
    @Param({"1", "8", "128"})
    public int rows = 1;

    private KernelSession kernel;
    private Step step;

    /** Opens the session. */
    @Setup
    public void open() {
      kernel = KernelSession.normalising(backend, threads, WIDTH);
      step = kernel.step(rows, 0);
    }

    /** Frees it. */
    @TearDown
    public void close() {
      kernel.close();
    }
  }

  /** A row of 1536. */
  @State(Scope.Thread)
  public static class StoredRow {

    /** Its dtype. */
    @Param public Dtype dtype = Dtype.F32;

    private final float[] row = new float[OUTPUTS];
    private Dequantizer dequantizer;
    private Tensor tensor;

    /** Makes the row. */
    @Setup
    public void make() {
      tensor = RandomTensors.of(dtype, 1, OUTPUTS, 1);
      dequantizer = Dequantizer.of(dtype);
    }
  }

  /**
   * Multiplies rows with a matrix.
   *
   * @param product the matrix
   * @return no logits
   */
  @Benchmark
  @OperationsPerInvocation(KernelSession.TIMES)
  public Logits project(Product product) {
    return product.kernel.run(product.step);
  }

  /**
   * Stores keys and values of rows, and attends.
   *
   * @param attention the context
   * @return no logits
   */
  @Benchmark
  @OperationsPerInvocation(KernelSession.TIMES)
  public Logits attend(Attention attention) {
    return attention.kernel.run(attention.step);
  }

  /**
   * Normalises rows.
   *
   * @param norm the rows
   * @return no logits
   */
  @Benchmark
  @OperationsPerInvocation(KernelSession.TIMES)
  public Logits normalise(Norm norm) {
    return norm.kernel.run(norm.step);
  }

  /**
   * Dequantises a row.
   *
   * @param stored the row
   * @return its values
   */
  @Benchmark
  public float[] dequantise(StoredRow stored) {
    stored.dequantizer.dequantize(stored.tensor.bytes(), 0, stored.row, 0, OUTPUTS);
    return stored.row;
  }

  @Test
  void runsWhatWasAskedFor() throws RunnerException, CommandLineOptionException {
    CommandLineOptions asked = new CommandLineOptions(System.getProperty("kernels", "").split(" "));
    OptionsBuilder options = new OptionsBuilder();
    options.parent(asked);
    if (asked.getIncludes().isEmpty()) {
      options.include(KernelBenchmark.class.getSimpleName());
    }
    assertThat(new Runner(options.build()).run()).isNotEmpty();
  }
}
