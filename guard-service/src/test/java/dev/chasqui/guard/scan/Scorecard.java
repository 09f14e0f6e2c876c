package dev.chasqui.guard.scan;

import dev.chasqui.guard.scan.code.Language;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What the scan found in labelled pieces of code, against their labels.
 *
 * <p>A piece is labelled with the one weakness for which it was collected, and may hold others. So
 * a finding of another weakness in an unsafe piece counts against precision, though it may be
 * right: the figures are lower bounds. Findings in safe pieces are counted apart.
 */
final class Scorecard {

  private final Map<String, Tally> tallies = new TreeMap<>();
  private int unsafe;
  private int unsafeFound;
  private int safe;
  private int safeFound;

  /** A labelled piece of code. */
  record Piece(String id, Language language, boolean isUnsafe, Set<String> cwes, String code) {}

  private static final class Tally {
    private int labelled;
    private int found;
    private int reported;
  }

  void add(Piece piece, List<Finding> findings) {
    if (piece.isUnsafe()) {
      unsafe++;
      unsafeFound += findings.isEmpty() ? 0 : 1;
    } else {
      safe++;
      safeFound += findings.isEmpty() ? 0 : 1;
    }
    for (String cwe : piece.cwes()) {
      Tally tally = tally(piece.language(), cwe);
      tally.labelled++;
      tally.found += findings.stream().anyMatch(it -> it.cwes().contains(cwe)) ? 1 : 0;
    }
    if (!piece.isUnsafe() || !piece.cwes().isEmpty()) {
      reported(piece, findings).forEach(cwe -> tally(piece.language(), cwe).reported++);
    }
  }

  /** A finding speaks for the label where it names it, else for the closest of its weaknesses. */
  private static Set<String> reported(Piece piece, List<Finding> findings) {
    Set<String> reported = new LinkedHashSet<>();
    for (Finding finding : findings) {
      reported.add(
          finding.cwes().stream()
              .filter(piece.cwes()::contains)
              .findFirst()
              .orElse(finding.cwes().getFirst()));
    }
    return reported;
  }

  private Tally tally(Language language, String cwe) {
    return tallies.computeIfAbsent(language.id() + " " + cwe, _ -> new Tally());
  }

  double recall() {
    return (double) unsafeFound / unsafe;
  }

  double recallOfLabels() {
    int labelled = tallies.values().stream().mapToInt(it -> it.labelled).sum();
    return (double) tallies.values().stream().mapToInt(it -> it.found).sum() / labelled;
  }

  double falseAlarms() {
    return (double) safeFound / safe;
  }

  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add("language    CWE        labelled  recall  precision (lower bound)");
    tallies.forEach((name, tally) -> {
      if (tally.labelled > 0) {
        String[] parts = name.split(" ");
        lines.add(
            "%-11s %-10s %8d  %6.2f  %9.2f"
                .formatted(
                    parts[0],
                    parts[1],
                    tally.labelled,
                    (double) tally.found / tally.labelled,
                    tally.reported == 0 ? 0 : (double) tally.found / tally.reported));
      }
    });
    lines.add(
        "unsafe pieces with a finding: %d of %d (%.3f); with the labelled CWE: %.3f; safe pieces with a finding: %d of %d"
            .formatted(unsafeFound, unsafe, recall(), recallOfLabels(), safeFound, safe));
    return lines;
  }
}
