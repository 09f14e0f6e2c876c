package dev.chasqui.standalone.kill;

import dev.chasqui.events.ResponseEvent;
import dev.chasqui.events.ResponseType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a read_committed reader of the responses saw, per request, and what is wrong with it.
 *
 * <p>Faults are collected, not thrown, so that a broken build shows all it breaks.
 */
final class AnswerLedger {

  private final Map<String, List<Integer>> expected;
  private final Map<String, Answer> answers = new TreeMap<>();
  private final List<String> faults = new ArrayList<>();

  private static final class Answer {
    private final List<Integer> tokens = new ArrayList<>();
    private int finals;
  }

  /**
   * Begins an empty ledger.
   *
   * @param expected token ids of an undisturbed greedy run, by request id
   */
  AnswerLedger(Map<String, List<Integer>> expected) {
    this.expected = Map.copyOf(expected);
  }

  /**
   * Takes one record, in the order of its partition.
   *
   * @param event what the reader saw
   */
  void add(ResponseEvent event) {
    String id = event.getRequestId();
    Answer answer = answers.computeIfAbsent(id, _ -> new Answer());
    if (answer.finals > 0) {
      faults.add(id + ": " + event.getType() + " after the final record");
    }
    if (event.getType() == ResponseType.TOKENS) {
      int sequence = event.getTokens().getSequence();
      if (sequence != answer.tokens.size()) {
        faults.add(id + ": sequence " + sequence + " where " + answer.tokens.size() + " was due");
      }
      answer.tokens.addAll(event.getTokens().getTokenIds());
      return;
    }
    answer.finals++;
    if (event.getType() != ResponseType.FINISHED) {
      faults.add(id + ": ended as " + event);
    } else if (!answer.tokens.equals(expected.get(id))) {
      faults.add(id + ": tokens " + answer.tokens + " where " + expected.get(id) + " were due");
    }
  }

  /** Returns how many requests have their final record. */
  long finished() {
    return answers.values().stream().filter(answer -> answer.finals > 0).count();
  }

  /** Returns everything that is wrong, lost requests included. */
  List<String> faults() {
    List<String> all = new ArrayList<>(faults);
    for (String id : expected.keySet()) {
      Answer answer = answers.get(id);
      if (answer == null || answer.finals == 0) {
        all.add(id + ": no final record");
      }
    }
    answers.keySet().stream()
        .filter(id -> !expected.containsKey(id))
        .forEach(id -> all.add(id + ": nobody asked for it"));
    return all;
  }
}
