package dev.chasqui.engine.backend.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * The kernels by themselves, against plain loops in double: tests in C++ on the emulated device.
 */
class KernelTests {

  @Test
  void kernelsComputeWhatPlainLoopsDo() throws IOException, InterruptedException {
    Path tests =
        Path.of(System.getProperty("chasqui.cuda.library")).resolveSibling("emulated/kernel-tests");
    assumeThat(tests).as("needs a C++ compiler and cmake").isExecutable();
    Process process = new ProcessBuilder(tests.toString()).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    assertThat(output).contains(" 0 failures");
  }
}
