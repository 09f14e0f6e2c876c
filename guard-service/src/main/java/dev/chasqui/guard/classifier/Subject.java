package dev.chasqui.guard.classifier;

import java.util.ArrayList;
import java.util.List;

/**
 * A conversation whose last turn is to be judged.
 *
 * <p>Guard models know two sides that take turns and are asked about the last turn of one. So
 * neighbours of one side are joined: the last turn then holds everything said since the other side
 * spoke, and nothing hides before it.
 *
 * @param requestId the request, for logs
 * @param tenant on whose behalf
 * @param turns the turns, oldest first, at least one
 */
public record Subject(String requestId, String tenant, List<Turn> turns) {

  private static final String BETWEEN = "\n\n";

  /** Joins neighbours of one side. */
  public Subject {
    if (turns.isEmpty()) {
      throw new IllegalArgumentException("a subject needs at least one turn");
    }
    turns = joined(turns);
  }

  /** Returns whose last turn is judged. */
  public Side judged() {
    return turns.getLast().side();
  }

  private static List<Turn> joined(List<Turn> turns) {
    List<Turn> joined = new ArrayList<>();
    for (Turn turn : turns) {
      if (!joined.isEmpty() && joined.getLast().side() == turn.side()) {
        Turn before = joined.removeLast();
        joined.add(new Turn(turn.side(), before.content() + BETWEEN + turn.content()));
      } else {
        joined.add(turn);
      }
    }
    return List.copyOf(joined);
  }
}
