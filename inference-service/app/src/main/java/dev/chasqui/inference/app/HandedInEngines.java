package dev.chasqui.inference.app;

import dev.chasqui.engine.api.Engine;
import java.util.Map;

/**
 * Engines that somebody else has opened and closes.
 *
 * @param byModel the engines, by the names by which prompts ask for their models
 */
record HandedInEngines(Map<String, Engine> byModel) {

  HandedInEngines {
    byModel = Map.copyOf(byModel);
  }
}
