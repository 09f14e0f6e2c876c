package dev.chasqui.engine.backend.vector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.engine.backend.BackendProvider.Availability;
import dev.chasqui.engine.backend.Backends;
import org.junit.jupiter.api.Test;

class VectorBackendProviderTests {

  @Test
  void isAvailableWhereTheModuleIs() {
    assertThat(new VectorBackendProvider().availability()).isEqualTo(new Availability.Available());
  }

  @Test
  void isWhatAutoTakes() {
    assertThat(Backends.choose(Backends.AUTO, 2).backend().name()).isEqualTo("vector");
  }
}
