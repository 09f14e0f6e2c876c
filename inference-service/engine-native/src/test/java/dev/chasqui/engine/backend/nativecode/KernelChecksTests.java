package dev.chasqui.engine.backend.nativecode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Runs src/test/cpp: every variant against the portable one, AMX on emulated tiles against AVX-512
 * bit for bit, and NEON under qemu where a cross compiler is installed.
 */
class KernelChecksTests {

  @Test
  void allVariantsOfThisMachineComputeTheSame() throws IOException, InterruptedException {
    Library.variants();
    Path checks = Path.of("target", "native", "kernel-checks");
    assumeThat(Files.exists(checks)).as("%s was built", checks).isTrue();
    String said = succeed(checks.toAbsolutePath().toString());
    if (Library.variants().contains(CpuVariant.AVX512)) {
      assertThat(said).contains("amx, emulated: the bits of avx512");
    }
  }

  @Test
  void neonComputesAsPortableUnderQemu() throws IOException, InterruptedException {
    Library.variants();
    for (String needed : List.of("aarch64-linux-gnu-g++", "qemu-aarch64-static", "cmake", "make")) {
      assumeThat(isInstalled(needed)).as("%s is installed", needed).isTrue();
    }
    String work = Path.of("target", "native-arm").toAbsolutePath().toString();
    String script = Path.of("src", "test", "cpp", "check-arm").toAbsolutePath().toString();
    assertThat(succeed("bash", script, work, System.getProperty("java.home")))
        .contains("neon: as portable");
  }

  private static boolean isInstalled(String program) {
    return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }

  private static String succeed(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said;
  }
}
