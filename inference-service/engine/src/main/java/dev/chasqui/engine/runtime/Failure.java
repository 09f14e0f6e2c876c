package dev.chasqui.engine.runtime;

import dev.chasqui.engine.api.InvalidRequestException;

/**
 * Why a call failed.
 *
 * @param code stable code
 * @param message what is wrong, the value, the limit, what to do
 */
record Failure(String code, String message) {

  static Failure of(InvalidRequestException e) {
    return new Failure(e.code(), e.getMessage());
  }

  /** A fault of ours, of the checkpoint or of the device. */
  static Failure ofEngine(Throwable cause) {
    return new Failure(
        "engine-error",
        "the engine failed: %s. Try again; if it fails again, take backend scalar to tell a fault"
                .formatted(cause)
            + " of the kernels from one of the model, and report it.");
  }
}
