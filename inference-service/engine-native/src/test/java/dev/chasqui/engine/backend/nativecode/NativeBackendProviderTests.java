package dev.chasqui.engine.backend.nativecode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.engine.backend.Backend;
import dev.chasqui.engine.backend.BackendProvider.Availability;
import dev.chasqui.engine.backend.Backends;
import dev.chasqui.engine.backend.MachineSpeed;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class NativeBackendProviderTests {

  @Test
  void isWhatAutoTakesWhereThereAreKernelsForTheCpu() {
    boolean kernels = CpuVariant.best(Library.variants()) != CpuVariant.PORTABLE;
    assertThat(new NativeBackendProvider().availability()).isEqualTo(new Availability.Available());
    assertThat(Backends.open(Backends.AUTO, 2, Backend::name).value())
        .isEqualTo(kernels ? "native" : "vector");
  }

  @Test
  void saysWhatIsWrongWithALibraryOfAnotherSystem() throws IOException {
    byte[] bytes = "not a library".getBytes(StandardCharsets.UTF_8);
    assertThat(NativeLibrary.load(new ByteArrayInputStream(bytes), "other.so"))
        .isInstanceOfSatisfying(
            NativeLibrary.Loaded.Unusable.class,
            unusable ->
                assertThat(unusable.reason())
                    .contains("cannot be loaded here")
                    .contains("build it on this system"));
  }

  @Test
  void prefersTheWidestKernels() {
    assertThat(CpuVariant.of(0b101)).containsExactly(CpuVariant.PORTABLE, CpuVariant.AVX512);
    assertThat(CpuVariant.best(CpuVariant.of(0b111))).isEqualTo(CpuVariant.AVX512);
    assertThat(CpuVariant.best(List.of())).isEqualTo(CpuVariant.PORTABLE);
  }

  @Test
  void offersEveryVariantOfThisCpuByName() {
    for (CpuVariant variant : Library.variants()) {
      String name = "native-" + variant.label();
      assertThat(Backends.open(name, 1, Backend::name).value()).isEqualTo(name);
    }
  }

  @Test
  void measuresTheMachine() {
    Library.variants();
    MachineSpeed speed = Backends.machineSpeed(2).orElseThrow();
    assertThat(speed.readGigabytesPerSecond()).isPositive().isFinite();
    assertThat(speed.int8GigaopsPerSecond()).isPositive().isFinite();
  }
}
