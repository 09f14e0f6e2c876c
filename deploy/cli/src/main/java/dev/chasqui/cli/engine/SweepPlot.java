package dev.chasqui.cli.engine;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** Draws curves over powers of two, one chart below the other, as SVG. */
final class SweepPlot {

  private static final int WIDTH = 640;
  private static final int HEIGHT = 300;
  private static final int LEFT = 60;
  private static final int TOP = 40;
  private static final int PLOT_WIDTH = WIDTH - LEFT - 30;
  private static final int PLOT_HEIGHT = HEIGHT - TOP - 40;
  private static final int GRID_LINES = 4;

  private final StringBuilder body = new StringBuilder();
  private int charts;

  /** Adds a chart; its vertical axis begins at 0. */
  SweepPlot chart(String title, List<Sweep.Point> points, ToDoubleFunction<Sweep.Point> value) {
    double most = points.stream().mapToDouble(value).max().orElse(1);
    int offset = HEIGHT * charts++;
    text(WIDTH / 2, offset + 22, "middle", title);
    for (int i = 0; i <= GRID_LINES; i++) {
      double share = i / (double) GRID_LINES;
      double y = offset + TOP + PLOT_HEIGHT * (1 - share);
      add("<path d='M%d %.1fH%d' stroke='#ccc'/>%n", LEFT, y, LEFT + PLOT_WIDTH);
      text(LEFT - 6, y + 4, "end", String.format(Locale.ROOT, "%.4g", most * share));
    }
    StringBuilder line = new StringBuilder();
    for (Sweep.Point point : points) {
      double x = x(point.x(), points);
      double y = offset + TOP + PLOT_HEIGHT * (1 - value.applyAsDouble(point) / most);
      line.append(String.format(Locale.ROOT, "%.1f,%.1f ", x, y));
      add("<circle cx='%.1f' cy='%.1f' r='3' fill='#06c'/>%n", x, y);
      text(x, offset + TOP + PLOT_HEIGHT + 18, "middle", Integer.toString(point.x()));
    }
    add("<polyline points='%s' fill='none' stroke='#06c' stroke-width='2'/>%n", line);
    return this;
  }

  String svg() {
    return String.format(
        Locale.ROOT,
        "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 %d %d' font-family='sans-serif'"
            + " font-size='12'>%n<rect width='100%%' height='100%%' fill='#fff'/>%n%s</svg>%n",
        WIDTH,
        HEIGHT * charts,
        body);
  }

  private static double x(int value, List<Sweep.Point> points) {
    double first = Math.log(points.getFirst().x());
    double all = Math.max(1e-9, Math.log(points.getLast().x()) - first);
    return LEFT + PLOT_WIDTH * (Math.log(value) - first) / all;
  }

  private void text(double x, double y, String anchor, String words) {
    add("<text x='%.1f' y='%.1f' text-anchor='%s'>%s</text>%n", x, y, anchor, words);
  }

  private void add(String format, Object... values) {
    body.append(String.format(Locale.ROOT, format, values));
  }
}
