package dev.chasqui.cli.terminal;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Where this process writes for people.
 *
 * @param out standard output, UTF-8, flushed by the writer
 * @param err standard error, UTF-8
 * @param outIsTerminal whether a person reads {@code out}
 * @param errIsTerminal whether a person reads {@code err}
 * @param columns width of the terminal in characters
 * @param colours whether a terminal gets colours
 */
public record Terminal(
    PrintStream out,
    PrintStream err,
    boolean outIsTerminal,
    boolean errIsTerminal,
    int columns,
    boolean colours) {

  private static final int USUAL_COLUMNS = 80;

  /**
   * Returns the terminal of this process, as the start script describes it.
   *
   * @param properties system properties of the JVM
   * @param environment environment of the process
   */
  public static Terminal of(Map<?, ?> properties, Map<String, String> environment) {
    return new Terminal(
        stream(FileDescriptor.out),
        stream(FileDescriptor.err),
        "yes".equals(properties.get("chasqui.terminal.out")),
        "yes".equals(properties.get("chasqui.terminal.err")),
        columns(String.valueOf(properties.get("chasqui.terminal.columns"))),
        environment.getOrDefault("NO_COLOR", "").isEmpty()
            && !"dumb".equals(environment.get("TERM")));
  }

  /** Returns the paint for standard output. */
  public Paint outPaint() {
    return outIsTerminal && colours ? Paint.COLOURED : Paint.PLAIN;
  }

  /** Returns the paint for standard error. */
  public Paint errPaint() {
    return errIsTerminal && colours ? Paint.COLOURED : Paint.PLAIN;
  }

  /**
   * Writes text to standard output and makes it visible at once.
   *
   * @param text the text, without line end unless it holds one
   */
  public void print(String text) {
    out.print(text);
    out.flush();
  }

  /**
   * Writes a line to standard output.
   *
   * @param line the line, without its end
   */
  public void println(String line) {
    print(line + "\n");
  }

  /**
   * Returns a progress display on standard error.
   *
   * @param label what is under way
   * @param unit what is counted
   */
  public Progress progress(String label, Progress.Unit unit) {
    return new Progress(this, label, unit);
  }

  private static PrintStream stream(FileDescriptor descriptor) {
    return new PrintStream(new FileOutputStream(descriptor), false, StandardCharsets.UTF_8);
  }

  private static int columns(String value) {
    try {
      int columns = Integer.parseInt(value);
      return columns >= 20 ? columns : USUAL_COLUMNS;
    } catch (NumberFormatException e) {
      return USUAL_COLUMNS;
    }
  }
}
