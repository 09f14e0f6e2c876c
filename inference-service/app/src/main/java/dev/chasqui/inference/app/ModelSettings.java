package dev.chasqui.inference.app;

import dev.chasqui.engine.runtime.EngineOptions;

/**
 * One model of the pool.
 *
 * @param name the name by which prompts ask for it
 * @param options how each device opens it
 */
record ModelSettings(String name, EngineOptions options) {

  private static final String CUDA = "cuda";

  /** Returns whether a device is a GPU: {@code cuda}, or {@code cuda:} and an index or a UUID. */
  static boolean isGpu(String device) {
    return device.equals(CUDA) || device.startsWith(CUDA + ":");
  }

  /** Returns how a device opens it: a GPU by the backend that is bound to it. */
  EngineOptions optionsOn(String device) {
    return isGpu(device) ? options.withBackend(device) : options;
  }
}
