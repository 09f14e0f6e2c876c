package dev.chasqui.cli.guard;

import java.util.List;

/**
 * How scores agree with labels at a threshold.
 *
 * @param rows how many rows
 * @param recall unsafe rows that were found
 * @param falsePositives safe rows that were stopped
 * @param f1 harmonic mean of precision and recall
 * @param area average precision
 * @param interval 95 % interval of the average precision
 */
record Quality(
    int rows, Share recall, Share falsePositives, double f1, double area, double[] interval) {

  private static final long SEED = 1;

  static Quality of(List<Labelled> rows, double threshold) {
    long found = count(rows, true, threshold);
    long stopped = count(rows, false, threshold);
    long unsafe = rows.stream().filter(Labelled::unsafe).count();
    PrecisionRecall curve = new PrecisionRecall(rows);
    return new Quality(
        rows.size(),
        new Share(found, unsafe),
        new Share(stopped, rows.size() - unsafe),
        2.0 * found / (found + stopped + unsafe),
        curve.area(),
        curve.interval(SEED));
  }

  private static long count(List<Labelled> rows, boolean unsafe, double threshold) {
    return rows.stream().filter(row -> row.unsafe() == unsafe && row.score() >= threshold).count();
  }

  /** Returns the share of unsafe rows: what a guard without any skill has for an area. */
  double positiveRate() {
    return (double) recall.of() / rows;
  }

  /** Returns whether there are rows of both labels: of one alone every order has an area of 1. */
  boolean hasBothLabels() {
    return recall.of() > 0 && falsePositives.of() > 0;
  }
}
