package dev.chasqui.standalone.kill;

import dev.chasqui.events.GenerationEvent;
import dev.chasqui.events.GenerationType;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Which answers have committed tokens but no end, as the generations topic shows them. */
final class HalfWritten {

  private final Map<String, Integer> tokens = new HashMap<>();
  private final Set<String> ended = new HashSet<>();

  void add(GenerationEvent event) {
    if (event.getType() == GenerationType.TOKENS) {
      tokens.merge(event.getRequestId(), event.getTokens().getTokenIds().size(), Integer::sum);
    } else if (event.getFinished() != null || event.getFailed() != null) {
      ended.add(event.getRequestId());
    }
  }

  /**
   * Counts answers between 1 and max - 1 committed tokens.
   *
   * @param maxTokens the most tokens of an answer
   * @return how many there are
   */
  long count(int maxTokens) {
    return tokens.entrySet().stream()
        .filter(entry -> !ended.contains(entry.getKey()))
        .filter(entry -> entry.getValue() >= 1 && entry.getValue() < maxTokens)
        .count();
  }
}
