package dev.chasqui.guard.app;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Gathers what is wrong with a configuration, so that all of it is told at once. */
final class Faults {

  private final List<String> found = new ArrayList<>();

  void add(String message) {
    found.add(message);
  }

  /** Makes a part of the settings; what its constructor refuses becomes a fault. */
  <T> @Nullable T attempt(String where, Supplier<T> part) {
    try {
      return part.get();
    } catch (RuntimeException e) {
      add(where + ": " + e.getMessage());
      return null;
    }
  }

  /** Ends the start if anything was found. */
  void check() {
    if (!found.isEmpty()) {
      throw new InvalidConfigurationException(found);
    }
  }
}
