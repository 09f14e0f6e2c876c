package dev.chasqui.engine.backend;

import dev.chasqui.engine.api.BackendUnavailableException;
import dev.chasqui.engine.backend.BackendProvider.Availability;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.Function;
import java.util.stream.Stream;

/** Chooses a backend. */
public final class Backends {

  /** The name that stands for the best available backend. */
  public static final String AUTO = "auto";

  /** Stands between the name of a backend and a device of its own: {@code cuda:1}. */
  private static final char DEVICE = ':';

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
   * @param name a backend's name, perhaps with a device behind it ({@code cuda:1}), or {@link
   *     #AUTO}
   * @param threads most threads that may compute a step, at least 1
   * @return the backend and what was passed over
   * @throws BackendUnavailableException if it is not known or does not work here
   */
  public static Choice choose(String name, int threads) {
    return choose(name, threads, providers());
  }

  /**
   * What was opened.
   *
   * @param <T> what it is
   * @param value what the backend made
   * @param passedOver why better backends were not taken, one sentence each
   */
  public record Opened<T>(T value, List<String> passedOver) {

    /** Copies the list. */
    public Opened {
      passedOver = List.copyOf(passedOver);
    }
  }

  /**
   * Opens something on a backend of those on the class path.
   *
   * @param <T> what is opened
   * @param name a backend's name, or {@link #AUTO}: then the best backend that can is taken
   * @param threads most threads that may compute a step, at least 1
   * @param open opens it; a {@link BackendUnavailableException} says that the backend cannot
   *     compute this, whereupon {@link #AUTO} goes on to the next
   * @return what was opened, and what was passed over
   * @throws BackendUnavailableException if no backend of this name can do it here
   */
  public static <T> Opened<T> open(String name, int threads, Function<Backend, T> open) {
    return open(name, threads, providers(), open);
  }

  /**
   * Opens something that has adapters on a backend of those on the class path.
   *
   * @param <T> what is opened
   * @param name a backend's name, or {@link #AUTO}: then the best backend that can is taken
   * @param threads most threads that may compute a step, at least 1
   * @param open opens it, as for {@link #open}
   * @return what was opened, and what was passed over
   * @throws BackendUnavailableException if no backend of this name can do it here with adapters
   */
  public static <T> Opened<T> openForAdapters(String name, int threads, Function<Backend, T> open) {
    return open(
        name,
        providers(),
        BackendProvider::adapterAvailability,
        provider -> open.apply(provider.create(threads)));
  }

  /**
   * Measures the machine with the best backend that can.
   *
   * @param threads threads that take part, at least 1
   * @return its speed; empty where no backend measures
   */
  public static Optional<MachineSpeed> machineSpeed(int threads) {
    return providers().stream()
        .filter(provider -> provider.availability() instanceof Availability.Available)
        .flatMap(provider -> provider.machineSpeed(threads).stream())
        .findFirst();
  }

  static <T> Opened<T> open(
      String name, int threads, List<BackendProvider> providers, Function<Backend, T> open) {
    return open(name, providers, BackendProvider::availability, p -> open.apply(p.create(threads)));
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
    Opened<Backend> opened = open(name, providers, question, p -> p.create(threads));
    return new Choice(opened.value(), opened.passedOver());
  }

  private static <T> Opened<T> open(
      String name,
      List<BackendProvider> providers,
      Function<BackendProvider, Availability> question,
      Function<BackendProvider, T> open) {
    List<String> passedOver = new ArrayList<>();
    for (BackendProvider provider : named(name, providers)) {
      switch (question.apply(provider)) {
        case Availability.Available() -> {
          try {
            return new Opened<>(open.apply(provider), passedOver);
          } catch (BackendUnavailableException e) {
            passedOver.add(e.getMessage());
          }
        }
        case Availability.Unavailable(String reason) ->
            passedOver.add("backend " + provider.name() + " is not available: " + reason);
      }
    }
    throw new BackendUnavailableException(nothingFits(name, passedOver, providers));
  }

  /** Those that a name means: all, one, or one bound to the device behind the colon. */
  private static List<BackendProvider> named(String name, List<BackendProvider> providers) {
    if (name.equals(AUTO)) {
      return providers;
    }
    int colon = name.indexOf(DEVICE);
    String plain = colon < 0 ? name : name.substring(0, colon);
    return providers.stream()
        .filter(provider -> provider.name().equals(plain))
        .flatMap(provider ->
            colon < 0 ? Stream.of(provider) : provider.onDevice(name.substring(colon + 1)).stream())
        .toList();
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
