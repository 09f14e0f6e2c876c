package dev.chasqui.engine.chat;

import dev.chasqui.engine.chat.Value.Text;
import java.util.List;
import java.util.Locale;

/** Filters that write a text anew: with entities or indented. */
final class Markup {

  private static final int WIDEST = 64;

  private Markup() {}

  /**
   * Writes each word with a capital, where a word begins behind white space or an opening bracket:
   * Jinja's filter differs in this from Python's method.
   */
  static Text titled(Text text, Evaluator run) {
    MarkedChars chars = text.chars();
    CharsBuilder out = run.builder();
    int[] starts = CodePoints.starts(chars.toString());
    boolean inWord = false;
    for (int i = 0; i + 1 < starts.length; i++) {
      String part = chars.toString().substring(starts[i], starts[i + 1]);
      out.like(
          chars, starts[i], inWord ? part.toLowerCase(Locale.ROOT) : part.toUpperCase(Locale.ROOT));
      inWord = !PythonSpace.is(part.codePointAt(0)) && !"-({[<".contains(part);
    }
    return out.text();
  }

  /** Writes what HTML would take for markup as entities. */
  static Text escaped(Text text, Evaluator run) {
    MarkedChars chars = text.chars();
    CharsBuilder out = run.builder();
    for (int i = 0; i < chars.length(); i++) {
      out.like(chars, i, entity(chars.toString().charAt(i)));
    }
    return out.text();
  }

  /** Indents all lines but the first and empty ones, unless asked to. */
  static Text indented(Text text, Arguments arguments, Evaluator run) {
    Value width = arguments.get(0, "width").orElseGet(() -> new Value.Whole(4));
    String indent =
        width instanceof Text own
            ? own.toString()
            : " ".repeat((int) Math.clamp(Arguments.Cast.whole(width), 0L, WIDEST));
    boolean first = arguments.flag(1, "first");
    boolean blank = arguments.flag(2, "blank");
    List<MarkedChars> lines = TextOperations.lines(text.chars(), run.budget());
    CharsBuilder out = run.builder();
    for (int i = 0; i < lines.size(); i++) {
      boolean indents = i == 0 ? first : blank || lines.get(i).length() > 0;
      out.scaffold(i == 0 ? "" : "\n").scaffold(indents ? indent : "").append(lines.get(i));
    }
    boolean open = text.toString().endsWith("\n") && !lines.isEmpty();
    return out.scaffold(open ? "\n" : "").scaffold(open && blank ? indent : "").text();
  }

  private static String entity(char character) {
    return switch (character) {
      case '&' -> "&amp;";
      case '<' -> "&lt;";
      case '>' -> "&gt;";
      case '\'' -> "&#39;";
      case '"' -> "&#34;";
      default -> String.valueOf(character);
    };
  }
}
