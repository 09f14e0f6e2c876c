package dev.chasqui.guard.scan.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** The parts of a text in which a rule can match: some lines around each of its words. */
final class Regions {

  private static final int LINES_BEFORE = 5;
  private static final int LINES_AFTER = 25;

  private Regions() {}

  /**
   * Finds them.
   *
   * @param text in lower case
   * @param words in lower case
   * @return from line start to line end, in order, apart from each other
   */
  static List<Call.Range> around(String text, List<String> words) {
    TreeSet<Integer> places = new TreeSet<>();
    for (String word : words) {
      for (int at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + word.length())) {
        places.add(at);
      }
    }
    List<Call.Range> regions = new ArrayList<>();
    for (int place : places) {
      add(regions, new Call.Range(linesBefore(text, place), linesAfter(text, place)));
    }
    return regions;
  }

  private static void add(List<Call.Range> regions, Call.Range region) {
    if (regions.isEmpty() || regions.getLast().end() < region.from()) {
      regions.add(region);
    } else {
      regions.set(regions.size() - 1, new Call.Range(regions.getLast().from(), region.end()));
    }
  }

  private static int linesBefore(String text, int place) {
    int at = text.lastIndexOf('\n', place);
    for (int lines = 0; lines < LINES_BEFORE && at >= 0; lines++) {
      at = text.lastIndexOf('\n', at - 1);
    }
    return at + 1;
  }

  private static int linesAfter(String text, int place) {
    int at = place;
    for (int lines = 0; lines <= LINES_AFTER; lines++) {
      int end = text.indexOf('\n', at);
      if (end < 0) {
        return text.length();
      }
      at = end + 1;
    }
    return at;
  }
}
