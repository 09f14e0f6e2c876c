package dev.chasqui.engine.backend.vector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.engine.backend.BackendProvider.Availability;
import dev.chasqui.engine.backend.Backends;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VectorBackendProviderTests {

  @Test
  void isAvailableWhereTheModuleIs() {
    assertThat(new VectorBackendProvider().availability()).isEqualTo(new Availability.Available());
  }

  @Test
  void tellsCpusWithoutFusedMultiplyAdd(@TempDir Path directory) throws IOException {
    assertThat(lacks(directory, "flags\t\t: fpu sse2 avx2 fma bmi2\n")).isFalse();
    assertThat(lacks(directory, "flags\t\t: fpu sse2 fma4\n")).isTrue();
    assertThat(lacks(directory, "Features\t: fp asimd\n")).isFalse();
    assertThat(VectorBackendProvider.lacksFusedMultiplyAdd(directory.resolve("none"))).isFalse();
  }

  private static boolean lacks(Path directory, String cpu) throws IOException {
    return VectorBackendProvider.lacksFusedMultiplyAdd(
        Files.writeString(directory.resolve("cpuinfo"), cpu));
  }

  @Test
  void isWhatAutoTakes() {
    assertThat(Backends.choose(Backends.AUTO, 2).backend().name()).isEqualTo("vector");
  }
}
