package dev.chasqui.service;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Gathers what is wrong with a configuration, so that all of it is told at once. */
public final class Faults {

  private final List<String> found = new ArrayList<>();

  /**
   * Notes a fault.
   *
   * @param message the property, its value, what it may be
   */
  public void add(String message) {
    found.add(message);
  }

  /**
   * Makes a part of the settings; what its constructor refuses becomes a fault.
   *
   * @param <T> the part
   * @param where the property, for the message
   * @param part makes it
   * @return the part; null after a fault
   */
  public <T> @Nullable T attempt(String where, Supplier<T> part) {
    try {
      return part.get();
    } catch (RuntimeException e) {
      add(where + ": " + e.getMessage());
      return null;
    }
  }

  /**
   * Notes a fault if a text is blank.
   *
   * @param property its name, in whole
   * @param value its value
   * @return whether there is one
   */
  public boolean requireText(String property, String value) {
    if (value.isBlank()) {
      add("%s is not set".formatted(property));
      return false;
    }
    return true;
  }

  /**
   * Notes a fault if a number is too small.
   *
   * @param property its name, in whole
   * @param value its value
   * @param least the smallest that is right
   */
  public void requireAtLeast(String property, int value, int least) {
    if (value < least) {
      add("%s is %d: it must be %d at least".formatted(property, value, least));
    }
  }

  /**
   * Notes a fault if a checkpoint is not there.
   *
   * @param property its name, in whole
   * @param path file or directory, as it was configured
   * @return whether it is there
   */
  public boolean requireFile(String property, String path) {
    if (!requireText(property, path)) {
      return false;
    }
    Path file = Path.of(path);
    if (!Files.exists(file)) {
      add(
          "%s is %s: there is no such file or directory"
              .formatted(property, file.toAbsolutePath()));
      return false;
    }
    return true;
  }

  /**
   * Ends the start if anything was found.
   *
   * @throws InvalidConfigurationException with all that is wrong
   */
  public void check() {
    if (!found.isEmpty()) {
      throw new InvalidConfigurationException(found);
    }
  }
}
