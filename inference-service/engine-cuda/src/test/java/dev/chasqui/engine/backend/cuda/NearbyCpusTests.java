package dev.chasqui.engine.backend.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NearbyCpusTests {

  @TempDir private Path system;

  @Test
  void readsTheCpusOfTheDevicesNode() throws IOException {
    write("0000:1b:00.0", "0-3,8,10-11\n");
    assertThat(NearbyCpus.of(system, "0000:1B:00.0")).containsExactly(0, 1, 2, 3, 8, 10, 11);
  }

  @Test
  void bindsNowhereWhereTheSystemDoesNotTell() throws IOException {
    write("0000:2b:00.0", "\n");
    write("0000:3b:00.0", "all\n");
    assertThat(NearbyCpus.of(system, "0000:2B:00.0")).isEmpty();
    assertThat(NearbyCpus.of(system, "0000:3B:00.0")).isEmpty();
    assertThat(NearbyCpus.of(system, "0000:4B:00.0")).isEmpty();
    assertThat(NearbyCpus.of(system, "")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"3-1", "-1", "0-99999999", "a", "1,,2"})
  void refusesWhatIsNoList(String list) {
    assertThatThrownBy(() -> NearbyCpus.parse(list)).isInstanceOf(IllegalArgumentException.class);
  }

  private void write(String device, String list) throws IOException {
    Path folder = Files.createDirectories(system.resolve("bus/pci/devices").resolve(device));
    Files.writeString(folder.resolve("local_cpulist"), list);
  }
}
