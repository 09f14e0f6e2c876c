package dev.chasqui.service;

import dev.chasqui.engine.api.Engine;
import java.util.Map;

/**
 * Engines that another program has opened and closes; none where the service opens its own.
 *
 * @param byModel the engines, by the names by which the service asks for their models
 */
public record HandedInEngines(Map<String, Engine> byModel) {

  /** The service opens what is configured. */
  public static final HandedInEngines NONE = new HandedInEngines(Map.of());

  /** Where the engines of a service come from. */
  public enum Source {
    /** They are opened from configured paths. */
    CONFIGURED,
    /** They are handed in, opened. */
    HANDED_IN
  }

  /** Copies the engines in. */
  public HandedInEngines {
    byModel = Map.copyOf(byModel);
  }

  /** Returns where the engines of the service come from. */
  public Source source() {
    return byModel.isEmpty() ? Source.CONFIGURED : Source.HANDED_IN;
  }
}
