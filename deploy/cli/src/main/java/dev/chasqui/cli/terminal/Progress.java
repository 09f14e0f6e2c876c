package dev.chasqui.cli.terminal;

import java.time.Duration;
import java.util.Locale;

/**
 * Shows how far something is: a bar redrawn in place on a terminal, else one line at the beginning
 * and one at the end. Owned by one thread.
 */
public final class Progress implements AutoCloseable {

  private static final long REDRAW_NANOS = Duration.ofMillis(100).toNanos();
  private static final int BAR_WIDTH = 28;

  private final Terminal terminal;
  private final String label;
  private final Unit unit;
  private final long start = System.nanoTime();
  private long offset = -1;
  private long lastDraw;
  private boolean announced;

  Progress(Terminal terminal, String label, Unit unit) {
    this.terminal = terminal;
    this.label = label;
    this.unit = unit;
  }

  /** What is counted. */
  public enum Unit {
    /** Bytes, shown in megabytes. */
    BYTES,
    /** Single things. */
    ITEMS;

    private String show(long count) {
      return this == ITEMS
          ? Long.toString(count)
          : String.format(Locale.ROOT, "%.1f MB", count / 1e6);
    }
  }

  /**
   * Shows a new state.
   *
   * @param done how much is done, 0 or more; what the first call reports counts as done before
   * @param total how much there is; 0 where unknown
   */
  public void update(long done, long total) {
    if (offset < 0) {
      offset = done;
    }
    if (!terminal.errIsTerminal()) {
      announce();
      return;
    }
    long now = System.nanoTime();
    if (now - lastDraw >= REDRAW_NANOS || done == total) {
      lastDraw = now;
      draw(line(done, total, Duration.ofNanos(now - start)));
    }
  }

  private void announce() {
    if (!announced) {
      announced = true;
      terminal.err().println(label + " ...");
      terminal.err().flush();
    }
  }

  private void draw(String line) {
    int room = terminal.columns() - 1;
    String shown = line.length() > room ? line.substring(0, room) : line;
    terminal.err().print("\r\u001b[K" + shown);
    terminal.err().flush();
  }

  private String line(long done, long total, Duration elapsed) {
    double rate = (done - offset) / Math.max(0.001, elapsed.toNanos() / 1e9);
    if (total <= 0) {
      return "%s  %s".formatted(label, unit.show(done));
    }
    double share = Math.min(1, (double) done / total);
    return String.format(
        Locale.ROOT,
        "%s  %s %3.0f %%  %s of %s%s",
        label,
        bar(share),
        100 * share,
        unit.show(done),
        unit.show(total),
        remaining(total - done, rate));
  }

  private static String bar(double share) {
    int full = (int) Math.round(share * BAR_WIDTH);
    return "█".repeat(full) + "░".repeat(BAR_WIDTH - full);
  }

  private static String remaining(long left, double rate) {
    return rate <= 0 || left <= 0
        ? ""
        : String.format(Locale.ROOT, "  %.0f s left", Math.ceil(left / rate));
  }

  /** Takes the bar away. */
  @Override
  public void close() {
    if (terminal.errIsTerminal()) {
      draw("");
    }
  }
}
