package dev.chasqui.guard.scan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.guard.scan.code.Language;
import dev.chasqui.guard.scan.rules.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * How long the scan of a block of 200 lines takes on one thread. The block is made of the examples
 * of the language's own rules, so nearly every line holds words that rules look for, and every
 * third a weakness: the worst that may come.
 *
 * <p>Run with {@code mvn -pl guard-service -am test -Dtest=CodeScanBenchmark
 * -Dsurefire.failIfNoSpecifiedTests=false}.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(value = 1, jvmArgsAppend = "-XX:+UseSerialGC")
@Warmup(iterations = 4, time = 2)
@Measurement(iterations = 5, time = 2)
public class CodeScanBenchmark {

  private static final int LINES = 200;
  private static final double TARGET_MICROSECONDS = 20_000;

  /** The language of the block. */
  @Param({"C", "JAVA", "JAVASCRIPT", "PHP", "PYTHON"})
  public Language language = Language.C;

  private CodeScanner scanner = CodeScanner.builtIn();
  private String block = "";

  /** Makes the block. */
  @Setup
  public void makeBlock() {
    List<String> lines = new ArrayList<>();
    while (lines.size() < LINES) {
      for (Rule rule : scanner.rules()) {
        if (rule.languages().contains(language)) {
          rule.examples().positive().stream().limit(1).flatMap(String::lines).forEach(lines::add);
          rule.examples().negative().stream().flatMap(String::lines).forEach(lines::add);
        }
      }
    }
    block = String.join("\n", lines.subList(0, LINES));
  }

  /**
   * Scans the block.
   *
   * @return the findings
   */
  @Benchmark
  public List<Finding> scan() {
    return scanner.scan(block, language);
  }

  @Test
  void scansABlockInTime() throws RunnerException {
    String name = CodeScanBenchmark.class.getSimpleName();
    for (RunResult result : new Runner(new OptionsBuilder().include(name).build()).run()) {
      double p99 = result.getPrimaryResult().getStatistics().getPercentile(99);
      assertThat(p99).as(result.getParams().toString()).isLessThan(TARGET_MICROSECONDS);
    }
  }
}
