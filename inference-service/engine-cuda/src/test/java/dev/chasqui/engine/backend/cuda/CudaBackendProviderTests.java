package dev.chasqui.engine.backend.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chasqui.engine.api.BackendUnavailableException;
import dev.chasqui.engine.backend.Backend;
import dev.chasqui.engine.backend.BackendProvider.Availability;
import dev.chasqui.engine.backend.Backends;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CudaBackendProviderTests {

  private final FakeLibrary library = new FakeLibrary();

  @Test
  void isFoundAndEitherWorksOrSaysWhyNot() {
    if (new CudaBackendProvider().availability() instanceof Availability.Unavailable unavailable) {
      assertThat(unavailable.reason()).isNotBlank();
      assertThatThrownBy(() -> Backends.open("cuda", 1, Backend::name))
          .isInstanceOf(BackendUnavailableException.class)
          .hasMessageContaining("backend cuda is not available: " + unavailable.reason());
      assertThat(Backends.open(Backends.AUTO, 1, Backend::name).passedOver())
          .contains("backend cuda is not available: " + unavailable.reason());
    } else {
      assertThat(Backends.open(Backends.AUTO, 1, Backend::name).value()).isEqualTo("cuda");
    }
  }

  @Test
  void saysThatTheJarHoldsNoLibraryOrThatAPathIsWrong(@TempDir Path folder) throws IOException {
    Path missing = folder.resolve("missing.so");
    assertThat(reason(LibraryFile.load(Optional.of(missing))))
        .contains(missing.toString())
        .contains("there is no file")
        .contains("CHASQUI_CUDA_LIBRARY");
    Path broken = Files.writeString(folder.resolve("broken.so"), "not a library");
    assertThat(reason(LibraryFile.load(Optional.of(broken))))
        .contains("cannot be loaded here")
        .contains("build it on this system");
  }

  @Test
  void takesALibraryByPathFromThePropertyBeforeTheEnvironment() {
    Properties properties = new Properties();
    Map<String, String> environment = Map.of(LibraryFile.VARIABLE, "/b/env.so");
    assertThat(LibraryFile.configured(properties, Map.of())).isEmpty();
    assertThat(LibraryFile.configured(properties, environment)).contains(Path.of("/b/env.so"));
    properties.setProperty(LibraryFile.PROPERTY, "/a/property.so");
    assertThat(LibraryFile.configured(properties, environment)).contains(Path.of("/a/property.so"));
  }

  @Test
  void tellsAMissingDriverFromAnOldOneAndFromAMissingDevice() {
    library.found = new DeviceLibrary.Found(12040, 0, List.of());
    assertThat(reason("")).contains("no NVIDIA driver is installed").contains("CUDA 12.4");
    library.found = new DeviceLibrary.Found(12040, 11080, List.of());
    assertThat(reason("")).contains("runs CUDA 11.8").contains("update the driver");
    library.found = new DeviceLibrary.Found(12040, 12020, List.of());
    assertThat(reason("")).contains("the driver shows no GPU").contains("CUDA_VISIBLE_DEVICES");
    library.found = new DeviceLibrary.Found(12040, 13000, List.of(FakeLibrary.OLD));
    assertThat(reason("0")).contains("compute capability 7.5").contains("8.0 (Ampere) or later");
    assertThat(reason("")).contains("there is no device of compute capability 8.0");
  }

  @Test
  void bindsToADeviceByIndexOrUuid() {
    assertThat(device("")).isEqualTo(FakeLibrary.NEW);
    assertThat(device("1")).isEqualTo(FakeLibrary.NEW);
    assertThat(device("GPU-bbbb")).isEqualTo(FakeLibrary.NEW);
    assertThat(device("gpu-bb")).isEqualTo(FakeLibrary.NEW);
    assertThat(device("MIG-cccc")).isEqualTo(FakeLibrary.SLICE);
    assertThat(reason("7")).contains("there is no device 7").contains("GPU-aaaa");
    assertThat(reason("GPU-dddd")).contains("there is no device GPU-dddd");
  }

  @Test
  void refusesWhatNamesNoDevice() {
    assertThatThrownBy(() -> Backends.open("cuda:first", 1, Backend::name))
        .isInstanceOf(BackendUnavailableException.class)
        .hasMessageContaining("'first' is neither an index nor a UUID");
  }

  private CudaDevice device(String choice) {
    return ((CudaBackend) provider(choice).create(1)).device();
  }

  private String reason(String choice) {
    return ((Availability.Unavailable) provider(choice).availability()).reason();
  }

  private static String reason(LibraryFile.Loaded loaded) {
    return ((LibraryFile.Loaded.Unusable) loaded).reason();
  }

  private CudaBackendProvider provider(String choice) {
    DeviceChoice device = choice.isEmpty() ? new DeviceChoice.First() : DeviceChoice.parse(choice);
    return new CudaBackendProvider(new LibraryFile.Loaded.Usable(library), device);
  }
}
