package dev.chasqui.engine.chat;

import dev.chasqui.engine.api.ToolCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Calls as a Python list, {@code [f(a=1, b="x"), g()]}: names of arguments, and literals as their
 * values, which become JSON.
 */
final class PythonCalls {

  private static final int DEEPEST = 64;

  private final String text;
  private int at;
  private int depth;

  private PythonCalls(String text) {
    this.text = text;
  }

  /** Something else than expected stands there. */
  private static final class NoCallException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    NoCallException() {
      super("no call", null, false, false);
    }
  }

  static Optional<List<ToolCall>> parse(String text) {
    PythonCalls parser = new PythonCalls(text);
    try {
      List<ToolCall> calls = parser.calls();
      return parser.at == text.length() && !calls.isEmpty() ? Optional.of(calls) : Optional.empty();
    } catch (NoCallException noCalls) {
      return Optional.empty();
    }
  }

  private List<ToolCall> calls() {
    List<ToolCall> calls = new ArrayList<>();
    expect('[');
    do {
      String name = name();
      calls.add(new ToolCall(name, arguments()));
    } while (take(','));
    expect(']');
    return calls;
  }

  private String arguments() {
    List<String> members = new ArrayList<>();
    expect('(');
    while (!take(')')) {
      String name = name();
      expect('=');
      members.add(ToolCallParser.quoted(name) + ": " + value());
      if (!take(',') && peek() != ')') {
        throw new NoCallException();
      }
    }
    return "{" + String.join(", ", members) + "}";
  }

  private String value() {
    char c = peek();
    if (c == '"' || c == '\'') {
      return ToolCallParser.quoted(string());
    }
    if (c == '[' || c == '{') {
      return c == '[' ? list() : dictionary();
    }
    int start = at;
    while (at < text.length() && ",)]} ".indexOf(text.charAt(at)) < 0) {
      at++;
    }
    String word = text.substring(start, at);
    return switch (word) {
      case "True", "true" -> "true";
      case "False", "false" -> "false";
      case "None", "null" -> "null";
      default -> number(word);
    };
  }

  private static String number(String word) {
    if (word.matches("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?")) {
      return word;
    }
    throw new NoCallException();
  }

  private String list() {
    enter('[');
    List<String> elements = new ArrayList<>();
    while (!take(']')) {
      elements.add(value());
      if (!take(',') && peek() != ']') {
        throw new NoCallException();
      }
    }
    depth--;
    return "[" + String.join(", ", elements) + "]";
  }

  private String dictionary() {
    enter('{');
    List<String> members = new ArrayList<>();
    while (!take('}')) {
      peek();
      String key = ToolCallParser.quoted(string());
      expect(':');
      members.add(key + ": " + value());
      if (!take(',') && peek() != '}') {
        throw new NoCallException();
      }
    }
    depth--;
    return "{" + String.join(", ", members) + "}";
  }

  private void enter(char open) {
    expect(open);
    if (++depth > DEEPEST) {
      throw new NoCallException();
    }
  }

  private String string() {
    char quote = text.charAt(at);
    if (quote != '"' && quote != '\'') {
      throw new NoCallException();
    }
    at++;
    StringBuilder string = new StringBuilder();
    while (at < text.length() && text.charAt(at) != quote) {
      char c = text.charAt(at++);
      string.append(c == '\\' ? escaped() : c);
    }
    expect(quote);
    return string.toString();
  }

  private char escaped() {
    if (at >= text.length()) {
      throw new NoCallException();
    }
    char c = text.charAt(at++);
    return switch (c) {
      case 'n' -> '\n';
      case 't' -> '\t';
      case 'r' -> '\r';
      case '\\', '\'', '"' -> c;
      default -> throw new NoCallException();
    };
  }

  private String name() {
    peek();
    int start = at;
    while (at < text.length() && isNamePart(text.charAt(at))) {
      at++;
    }
    if (start == at) {
      throw new NoCallException();
    }
    return text.substring(start, at);
  }

  private static boolean isNamePart(char c) {
    return Character.isLetterOrDigit(c) || c == '_' || c == '.' || c == '-';
  }

  private boolean take(char c) {
    if (at < text.length() && peek() == c) {
      at++;
      return true;
    }
    return false;
  }

  private void expect(char c) {
    if (!take(c)) {
      throw new NoCallException();
    }
  }

  /** Returns the next character that is no white space. */
  private char peek() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
    if (at >= text.length()) {
      throw new NoCallException();
    }
    return text.charAt(at);
  }
}
