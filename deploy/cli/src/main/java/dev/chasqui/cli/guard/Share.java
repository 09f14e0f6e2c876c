package dev.chasqui.cli.guard;

/**
 * How many of how many, with Wilson's 95 % interval of the share.
 *
 * @param hits how many
 * @param of of how many
 */
record Share(long hits, long of) {

  private static final double Z = 1.959964;

  /** Returns the share; NaN of nothing. */
  double value() {
    return (double) hits / of;
  }

  /** Returns the lower end of the interval. */
  double low() {
    return Math.max(0, centre() - margin());
  }

  /** Returns the upper end of the interval. */
  double high() {
    return Math.min(1, centre() + margin());
  }

  private double centre() {
    return (value() + Z * Z / (2 * of)) / (1 + Z * Z / of);
  }

  private double margin() {
    double p = value();
    return Z / (1 + Z * Z / of) * Math.sqrt(p * (1 - p) / of + Z * Z / (4.0 * of * of));
  }
}
