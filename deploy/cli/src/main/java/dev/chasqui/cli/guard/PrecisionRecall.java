package dev.chasqui.cli.guard;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The curve of precision over recall of scored rows: its area is the average precision, the mean of
 * the precisions at each threshold weighted by the recall gained there. Rows of one score share a
 * threshold.
 */
final class PrecisionRecall {

  private static final int RESAMPLES = 400;

  private final double[] scores;
  private final boolean[] unsafe;

  PrecisionRecall(List<Labelled> rows) {
    List<Labelled> sorted =
        rows.stream().sorted(Comparator.comparingDouble(Labelled::score).reversed()).toList();
    scores = sorted.stream().mapToDouble(Labelled::score).toArray();
    unsafe = new boolean[scores.length];
    for (int i = 0; i < unsafe.length; i++) {
      unsafe[i] = sorted.get(i).unsafe();
    }
  }

  /** Returns the area; NaN without an unsafe row. */
  double area() {
    int[] once = new int[scores.length];
    Arrays.fill(once, 1);
    return area(once);
  }

  /**
   * Returns the 95 % interval of the area over resamples of the rows.
   *
   * @param seed of the resampling
   * @return lower and upper end
   */
  double[] interval(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] areas = new double[RESAMPLES];
    for (int i = 0; i < RESAMPLES; i++) {
      int[] times = new int[scores.length];
      for (int draw = 0; draw < times.length; draw++) {
        times[random.nextInt(times.length)]++;
      }
      areas[i] = area(times);
    }
    Arrays.sort(areas);
    return new double[] {areas[RESAMPLES / 40], areas[RESAMPLES - 1 - RESAMPLES / 40]};
  }

  /** Each row counts so many times. */
  private double area(int[] times) {
    double area = 0;
    long hits = 0;
    long taken = 0;
    for (int i = 0; i < scores.length; ) {
      long gained = 0;
      double score = scores[i];
      for (; i < scores.length && scores[i] == score; i++) {
        taken += times[i];
        gained += unsafe[i] ? times[i] : 0;
      }
      hits += gained;
      area += taken == 0 ? 0 : (double) gained * hits / taken;
    }
    return area / hits;
  }
}
