package dev.chasqui.standalone.bench;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** How the changelogs of one service grow with the tokens of an answer. Owned by one thread. */
final class Growth {

  private final String application;
  private final Changelogs changelogs;
  private final List<Integer> marks;
  private final SortedMap<String, Long> before;
  private final List<Reading> readings = new ArrayList<>();

  /**
   * Sizes at one moment.
   *
   * @param tokens of the answer, then
   * @param bytes by topic, more than before the answer
   */
  record Reading(int tokens, Map<String, Long> bytes) {

    long total() {
      return bytes.values().stream().mapToLong(Long::longValue).sum();
    }
  }

  Growth(String application, Changelogs changelogs, List<Integer> marks) {
    this.application = application;
    this.changelogs = changelogs;
    this.marks = List.copyOf(marks);
    this.before = mine();
  }

  /** The answer has so many tokens: reads the sizes where that passes the next mark. */
  void reached(int tokens) {
    if (readings.size() < marks.size() && tokens >= marks.get(readings.size())) {
      read(tokens);
    }
  }

  /** Reads the sizes. */
  void read(int tokens) {
    Map<String, Long> grown = new HashMap<>();
    mine().forEach((topic, size) -> grown.put(topic, size - before.getOrDefault(topic, 0L)));
    readings.add(new Reading(tokens, grown));
  }

  List<Reading> readings() {
    return List.copyOf(readings);
  }

  private SortedMap<String, Long> mine() {
    SortedMap<String, Long> all = new TreeMap<>(changelogs.bytes());
    all.keySet().removeIf(topic -> !topic.startsWith(application));
    return all;
  }
}
