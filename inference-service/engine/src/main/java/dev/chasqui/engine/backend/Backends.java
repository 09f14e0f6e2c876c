package dev.chasqui.engine.backend;

import dev.chasqui.engine.api.BackendUnavailableException;
import dev.chasqui.engine.backend.BackendProvider.Availability;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;
import java.util.function.Function;

/** Chooses a backend. */
public final class Backends {

  /** The name that stands for the best available backend. */
  public static final String AUTO = "auto";

  private Backends() {}

  /**
   * What was chosen.
   *
   * @param backend the backend
   * @param passedOver why better ones were not taken, one sentence each
   */
  public record Choice(Backend backend, List<String> passedOver) {

    /** Copies the list. */
    public Choice {
      passedOver = List.copyOf(passedOver);
    }
  }

  /**
   * Chooses a backend of those on the class path.
   *
   * @param name a backend's name, or {@link #AUTO}
   * @param threads most threads that may compute a step, at least 1
   * @return the backend and what was passed over
   * @throws BackendUnavailableException if it is not known or does not work here
   */
  public static Choice choose(String name, int threads) {
    return choose(name, threads, providers());
  }

  /**
   * Chooses a backend of those on the class path that can compute adapters.
   *
   * @param name a backend's name, or {@link #AUTO}
   * @param threads most threads that may compute a step, at least 1
   * @return the backend and what was passed over
   * @throws BackendUnavailableException if it is not known, does not work here or not with adapters
   */
  public static Choice chooseForAdapters(String name, int threads) {
    return choose(name, threads, providers(), BackendProvider::adapterAvailability);
  }

  static Choice choose(String name, int threads, List<BackendProvider> providers) {
    return choose(name, threads, providers, BackendProvider::availability);
  }

  private static List<BackendProvider> providers() {
    return ServiceLoader.load(BackendProvider.class, Backends.class.getClassLoader()).stream()
        .map(ServiceLoader.Provider::get)
        .sorted(Comparator.comparingInt(BackendProvider::rank).reversed())
        .toList();
  }

  static Choice choose(
      String name,
      int threads,
      List<BackendProvider> providers,
      Function<BackendProvider, Availability> question) {
    List<String> passedOver = new ArrayList<>();
    for (BackendProvider provider : providers) {
      if (name.equals(AUTO) || name.equals(provider.name())) {
        switch (question.apply(provider)) {
          case Availability.Available() -> {
            return new Choice(provider.create(threads), passedOver);
          }
          case Availability.Unavailable(String reason) ->
              passedOver.add("backend " + provider.name() + " is not available: " + reason);
        }
      }
    }
    throw new BackendUnavailableException(nothingFits(name, passedOver, providers));
  }

  private static String nothingFits(
      String name, List<String> passedOver, List<BackendProvider> providers) {
    if (!passedOver.isEmpty()) {
      return String.join("; ", passedOver);
    }
    List<String> known = providers.stream().map(BackendProvider::name).toList();
    return "backend %s is not known: choose %s or one of %s".formatted(name, AUTO, known);
  }
}
