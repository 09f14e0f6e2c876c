package dev.chasqui.engine.runtime;

import dev.chasqui.engine.api.DeviceFailureException;
import dev.chasqui.engine.api.Engine;
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
    if (cause instanceof DeviceFailureException) {
      return new Failure(
          Engine.DEVICE_LOST,
          "the device of the engine was lost (%s): the process computes nothing on it any more. Submit it again, and restart the worker"
              .formatted(cause.getMessage()));
    }
    return new Failure(
        "engine-error",
        "the engine failed: %s. Try again; if it fails again, take backend scalar to tell a fault"
                .formatted(cause)
            + " of the kernels from one of the model, and report it.");
  }
}
