package dev.chasqui.engine.runtime;

import dev.chasqui.engine.backend.Logits;
import dev.chasqui.engine.backend.Step;

/** The one call into the model; a seam, so that tests can count and break it. */
@FunctionalInterface
interface Forward {

  /** Computes one step; the logits are valid until the next one. */
  Logits forward(Step step);
}
