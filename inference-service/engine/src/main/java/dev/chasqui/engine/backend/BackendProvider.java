package dev.chasqui.engine.backend;

import java.util.Optional;

/** Announces a backend; found by {@link java.util.ServiceLoader}. */
public interface BackendProvider {

  /** Returns the name by which the backend is chosen. */
  String name();

  /** Returns its rank for {@code auto}: the highest available one is taken. */
  int rank();

  /** Returns whether the backend works on this machine. */
  Availability availability();

  /** Returns whether the backend works on this machine with adapters too. */
  default Availability adapterAvailability() {
    return availability();
  }

  /**
   * Makes the backend.
   *
   * @param threads most threads that may compute a step, at least 1
   * @return the backend
   */
  Backend create(int threads);

  /**
   * Returns this backend on a device of choice, as {@code cuda:1} asks for.
   *
   * @param device what stands behind the colon
   * @return the bound backend; empty where there is nothing to choose
   * @throws dev.chasqui.engine.api.BackendUnavailableException if it cannot be a device's name
   */
  default Optional<BackendProvider> onDevice(String device) {
    return Optional.empty();
  }

  /**
   * Measures the machine, for about a second, where the backend has the means.
   *
   * @param threads threads that take part, at least 1
   * @return its speed, if it was measured
   */
  default Optional<MachineSpeed> machineSpeed(int threads) {
    return Optional.empty();
  }

  /** Whether a backend works on this machine. */
  sealed interface Availability {

    /** It does. */
    record Available() implements Availability {}

    /**
     * It does not.
     *
     * @param reason what is missing and what to do
     */
    record Unavailable(String reason) implements Availability {}
  }
}
