package dev.chasqui.standalone;

import dev.chasqui.cli.terminal.Paint;
import dev.chasqui.cli.terminal.Paint.Tone;
import dev.chasqui.cli.terminal.Terminal;
import java.io.PrintStream;
import java.util.Locale;

/** Says what has started, where, and how long it took. Safe for use by several threads. */
final class Phases {

  private final PrintStream stream;
  private final Paint paint;
  private final long start = System.nanoTime();

  /** Which stream is for people. */
  enum Where {
    /** Standard output. */
    OUTPUT,
    /** Standard error: standard output is for a program. */
    ERROR
  }

  Phases(Terminal terminal, Where where) {
    this.stream = where == Where.OUTPUT ? terminal.out() : terminal.err();
    this.paint = where == Where.OUTPUT ? terminal.outPaint() : terminal.errPaint();
  }

  /** Starts a part and says so when it is up. */
  <T> T run(String part, Starting<T> starting) {
    long begin = System.nanoTime();
    Started<T> started = starting.start();
    line(part, started.description(), System.nanoTime() - begin);
    return started.value();
  }

  /** Everything is up. */
  void ready() {
    line("ready", "", System.nanoTime() - start);
  }

  private synchronized void line(String part, String description, long nanos) {
    stream.println(
        String.format(
            Locale.ROOT,
            "%s  %-56s %s",
            paint.paint(Tone.STRONG, String.format(Locale.ROOT, "%-10s", part)),
            description,
            paint.paint(Tone.FAINT, String.format(Locale.ROOT, "%5.1f s", nanos / 1e9))));
    stream.flush();
  }

  /** Starts a part. */
  @FunctionalInterface
  interface Starting<T> {
    Started<T> start();
  }

  /** A part that is up, and what a person wants to know about it. */
  record Started<T>(T value, String description) {}
}
