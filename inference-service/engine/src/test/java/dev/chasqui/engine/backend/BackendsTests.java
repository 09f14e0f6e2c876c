package dev.chasqui.engine.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chasqui.engine.api.BackendUnavailableException;
import dev.chasqui.engine.backend.BackendProvider.Availability;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BackendsTests {

  private static final Availability AVAILABLE = new Availability.Available();
  private static final Availability NO_DEVICE = new Availability.Unavailable("no device");

  @Test
  void takesTheFirstAvailableOneAndSaysWhatWasPassedOver() {
    Backends.Choice choice = choose("auto", provider("fast", NO_DEVICE), provider("slow"));
    assertThat(choice.backend().name()).isEqualTo("slow");
    assertThat(choice.passedOver()).containsExactly("backend fast is not available: no device");
  }

  @Test
  void takesTheOneThatWasAskedFor() {
    Backends.Choice choice = choose("slow", provider("fast"), provider("slow"));
    assertThat(choice.backend().name()).isEqualTo("slow");
    assertThat(choice.passedOver()).isEmpty();
  }

  @Test
  void refusesTheOneAskedForWhereItDoesNotWork() {
    assertThatThrownBy(() -> choose("fast", provider("fast", NO_DEVICE), provider("slow")))
        .isInstanceOf(BackendUnavailableException.class)
        .hasMessageContaining("backend fast is not available: no device");
  }

  @Test
  void namesTheKnownOnesWhereTheNameIsUnknown() {
    assertThatThrownBy(() -> choose("quick", provider("fast"), provider("slow")))
        .isInstanceOf(BackendUnavailableException.class)
        .hasMessageContaining("quick")
        .hasMessageContaining("[fast, slow]");
  }

  @Test
  void bindsABackendToTheDeviceBehindTheColon() {
    Backends.Choice choice = choose("fast:1", withDevices(provider("fast")), provider("slow"));
    assertThat(choice.backend().name()).isEqualTo("fast on 1");
    assertThatThrownBy(() -> choose("slow:1", withDevices(provider("fast")), provider("slow")))
        .isInstanceOf(BackendUnavailableException.class)
        .hasMessageContaining("slow:1");
  }

  private static BackendProvider withDevices(BackendProvider provider) {
    return new BackendProvider() {
      @Override
      public String name() {
        return provider.name();
      }

      @Override
      public int rank() {
        return provider.rank();
      }

      @Override
      public Availability availability() {
        return provider.availability();
      }

      @Override
      public Optional<BackendProvider> onDevice(String device) {
        return Optional.of(provider(provider.name() + " on " + device));
      }

      @Override
      public Backend create(int threads) {
        return provider.create(threads);
      }
    };
  }

  @Test
  void passesOverWhatCannotComputeAdaptersWhereThereAreSome() {
    BackendProvider plain = withoutAdapters(provider("fast"));
    List<BackendProvider> providers = List.of(plain, provider("slow"));
    assertThat(choose("auto", plain, provider("slow")).backend().name()).isEqualTo("fast");
    Backends.Choice choice =
        Backends.choose("auto", 1, providers, BackendProvider::adapterAvailability);
    assertThat(choice.backend().name()).isEqualTo("slow");
    assertThat(choice.passedOver())
        .containsExactly("backend fast is not available: it computes no adapters");
  }

  @Test
  void goesOnWhereTheBestOneCannotComputeWhatIsAsked() {
    List<BackendProvider> providers = List.of(provider("fast"), provider("slow"));
    Backends.Opened<String> opened = Backends.open("auto", 1, providers, BackendsTests::refuseFast);
    assertThat(opened.value()).isEqualTo("slow");
    assertThat(opened.passedOver()).containsExactly("backend fast cannot do this");
    assertThatThrownBy(() -> Backends.open("fast", 1, providers, BackendsTests::refuseFast))
        .isInstanceOf(BackendUnavailableException.class)
        .hasMessage("backend fast cannot do this");
  }

  private static String refuseFast(Backend backend) {
    if (backend.name().equals("fast")) {
      throw new BackendUnavailableException("backend fast cannot do this");
    }
    return backend.name();
  }

  private static BackendProvider withoutAdapters(BackendProvider provider) {
    return new BackendProvider() {
      @Override
      public String name() {
        return provider.name();
      }

      @Override
      public int rank() {
        return provider.rank();
      }

      @Override
      public Availability availability() {
        return provider.availability();
      }

      @Override
      public Availability adapterAvailability() {
        return new Availability.Unavailable("it computes no adapters");
      }

      @Override
      public Backend create(int threads) {
        return provider.create(threads);
      }
    };
  }

  @Test
  void alwaysFindsTheScalarBackend() {
    assertThat(Backends.choose("scalar", 1).backend().name()).isEqualTo("scalar");
  }

  private static Backends.Choice choose(String name, BackendProvider... providers) {
    return Backends.choose(name, 1, List.of(providers));
  }

  private static BackendProvider provider(String name) {
    return provider(name, AVAILABLE);
  }

  private static BackendProvider provider(String name, Availability availability) {
    return new BackendProvider() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public int rank() {
        return 0;
      }

      @Override
      public Availability availability() {
        return availability;
      }

      @Override
      public Backend create(int threads) {
        return new InterpretedBackend(
            name,
            () -> {
              throw new IllegalStateException("never opened");
            });
      }
    };
  }
}
