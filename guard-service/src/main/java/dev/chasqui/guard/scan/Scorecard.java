package dev.chasqui.guard.scan;

import dev.chasqui.guard.scan.code.Language;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What the scan found in labelled pieces of code, against their labels. Belongs to one thread.
 *
 * <p>A piece is labelled with the one weakness for which it was collected, and may hold others. So
 * a finding of another weakness in an unsafe piece counts against precision, though it may be
 * right: the figures are lower bounds. Findings in safe pieces are counted apart.
 */
public final class Scorecard {

  private final Map<String, Tally> tallies = new TreeMap<>();
  private int unsafe;
  private int unsafeFound;
  private int safe;
  private int safeFound;

  /**
   * A labelled piece of code.
   *
   * @param language what it is written in
   * @param isUnsafe whether it has a weakness
   * @param cwes the weaknesses that it is labelled with
   * @param code the code
   */
  public record Piece(Language language, boolean isUnsafe, Set<String> cwes, String code) {

    /** Copies the set. */
    public Piece {
      cwes = Set.copyOf(cwes);
    }
  }

  /**
   * How right the scan is on one weakness in one language.
   *
   * @param language id of the language
   * @param cwe id of the weakness
   * @param labelled pieces that are labelled with it
   * @param found those of them in which it was found
   * @param reported findings of it
   */
  public record Row(String language, String cwe, int labelled, int found, int reported) {

    /** Returns the part of the labelled pieces in which it was found. */
    public double recall() {
      return labelled == 0 ? 0 : (double) found / labelled;
    }

    /** Returns the part of the findings that are labelled, a lower bound. */
    public double precision() {
      return reported == 0 ? 0 : (double) found / reported;
    }
  }

  private static final class Tally {
    private int labelled;
    private int found;
    private int reported;
  }

  /**
   * Counts what was found in a piece.
   *
   * @param piece the piece
   * @param findings all that was found in it
   */
  public void add(Piece piece, List<Finding> findings) {
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

  /** Returns the part of the unsafe pieces in which anything was found. */
  public double recall() {
    return unsafe == 0 ? 0 : (double) unsafeFound / unsafe;
  }

  /** Returns the part of all labels that were found. */
  public double recallOfLabels() {
    int labelled = tallies.values().stream().mapToInt(it -> it.labelled).sum();
    int found = tallies.values().stream().mapToInt(it -> it.found).sum();
    return labelled == 0 ? 0 : (double) found / labelled;
  }

  /** Returns the part of the safe pieces in which anything was found. */
  public double falseAlarms() {
    return safe == 0 ? 0 : (double) safeFound / safe;
  }

  /** Returns one row for each weakness that is labelled in a language, in order. */
  public List<Row> rows() {
    List<Row> rows = new ArrayList<>();
    tallies.forEach((name, tally) -> {
      if (tally.labelled > 0) {
        String[] place = name.split(" ");
        rows.add(new Row(place[0], place[1], tally.labelled, tally.found, tally.reported));
      }
    });
    return rows;
  }

  /** Returns the rows as a table, with all of it in the last line. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add("language    CWE        labelled  recall  precision (lower bound)");
    for (Row row : rows()) {
      lines.add(
          String.format(
              Locale.ROOT,
              "%-11s %-10s %8d  %6.2f  %9.2f",
              row.language(),
              row.cwe(),
              row.labelled(),
              row.recall(),
              row.precision()));
    }
    lines.add(
        String.format(
            Locale.ROOT,
            "unsafe pieces with a finding: %d of %d (%.3f); with the labelled CWE: %.3f; safe"
                + " pieces with a finding: %d of %d",
            unsafeFound,
            unsafe,
            recall(),
            recallOfLabels(),
            safeFound,
            safe));
    return lines;
  }
}
