package dev.chasqui.service;

import java.util.List;

/** The service cannot start as it is configured. */
public final class InvalidConfigurationException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient List<String> faults;

  InvalidConfigurationException(List<String> faults) {
    super("the configuration has faults:\n - " + String.join("\n - ", faults));
    this.faults = List.copyOf(faults);
  }

  /** Returns all that is wrong; each names the property, the value, what it may be. */
  public List<String> faults() {
    return faults;
  }
}
