package dev.chasqui.engine.grammar;

import dev.chasqui.engine.api.InvalidRequestException;
import dev.chasqui.engine.grammar.Expression.Repeat;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads GBNF, the notation of llama.cpp (grammars/README.md): rules of literals, character classes,
 * groups, alternatives and repetitions.
 */
final class GbnfParser {

  private static final int DEEPEST = 64;

  private final String text;
  private final Map<String, Expression> rules = new LinkedHashMap<>();
  private int at;
  private int depth;

  private GbnfParser(String text) {
    this.text = text;
  }

  /**
   * Reads a grammar.
   *
   * @throws InvalidRequestException if it is faulty; the message names the line
   */
  static Rules parse(String text) {
    GbnfParser parser = new GbnfParser(text);
    parser.skip(true);
    while (!parser.atEnd()) {
      parser.rule();
      parser.skip(true);
    }
    return new Rules(parser.rules);
  }

  private void rule() {
    String name = name();
    skip(false);
    expect("::=");
    skip(true);
    if (rules.put(name, alternatives()) != null) {
      throw fault("the rule " + name + " is written twice");
    }
    if (!atEnd() && peek() != '\n' && peek() != '\r') {
      throw fault("'%s' has no meaning here".formatted(text.substring(at, at + 1)));
    }
  }

  private Expression alternatives() {
    if (++depth > DEEPEST) {
      throw fault("groups are nested more than %d deep".formatted(DEEPEST));
    }
    List<Expression> options = new ArrayList<>();
    options.add(sequence());
    while (!atEnd() && peek() == '|') {
      at++;
      skip(true);
      options.add(sequence());
    }
    depth--;
    return options.size() == 1 ? options.getFirst() : new Expression.Choice(options);
  }

  private Expression sequence() {
    List<Expression> parts = new ArrayList<>();
    while (!atEnd() && beginsItem(peek())) {
      Expression item = item();
      skip(depth > 1);
      while (!atEnd() && "*+?{".indexOf(peek()) >= 0) {
        item = repeated(item);
        skip(depth > 1);
      }
      parts.add(item);
    }
    return parts.size() == 1 ? parts.getFirst() : new Expression.Sequence(parts);
  }

  private static boolean beginsItem(char c) {
    return c == '"' || c == '[' || c == '(' || c == '.' || isNameCharacter(c);
  }

  private Expression item() {
    char c = peek();
    if (c == '"') {
      return literal();
    }
    if (c == '[') {
      return characterClass();
    }
    if (c == '.') {
      at++;
      return new Expression.OneOf(CodePointRanges.of(0, Character.MAX_CODE_POINT));
    }
    if (c == '(') {
      at++;
      skip(true);
      Expression group = alternatives();
      expect(")");
      return group;
    }
    return new Expression.Rule(name());
  }

  private Expression repeated(Expression item) {
    char c = text.charAt(at++);
    return switch (c) {
      case '*' -> new Repeat(item, 0, Repeat.UNBOUNDED);
      case '+' -> new Repeat(item, 1, Repeat.UNBOUNDED);
      case '?' -> new Repeat(item, 0, 1);
      default -> counted(item);
    };
  }

  private Expression counted(Expression item) {
    int end = text.indexOf('}', at);
    String[] bounds = end < 0 ? new String[0] : text.substring(at, end).split(",", -1);
    if (bounds.length < 1 || bounds.length > 2) {
      throw fault("a repetition is not of the form {m}, {m,} or {m,n}");
    }
    at = end + 1;
    int least = bounds[0].isBlank() ? 0 : number(bounds[0]);
    if (bounds.length == 1) {
      return new Repeat(item, least, least);
    }
    int most = bounds[1].isBlank() ? Repeat.UNBOUNDED : number(bounds[1]);
    if (most != Repeat.UNBOUNDED && most < least) {
      throw fault("a repetition of at least %d and at most %d".formatted(least, most));
    }
    return new Repeat(item, least, most);
  }

  private int number(String digits) {
    try {
      return Integer.parseUnsignedInt(digits.strip());
    } catch (NumberFormatException e) {
      throw fault("'%s' is no number of times".formatted(digits));
    }
  }

  private Expression literal() {
    at++;
    StringBuilder literal = new StringBuilder();
    while (!atEnd() && peek() != '"') {
      literal.appendCodePoint(character());
    }
    expect("\"");
    return new Expression.Literal(literal.toString());
  }

  private Expression characterClass() {
    at++;
    boolean negated = !atEnd() && peek() == '^';
    at += negated ? 1 : 0;
    List<int[]> ranges = new ArrayList<>();
    while (!atEnd() && peek() != ']') {
      int from = character();
      int to = from;
      if (at + 1 < text.length() && peek() == '-' && text.charAt(at + 1) != ']') {
        at++;
        to = character();
      }
      if (to < from) {
        throw fault("a range of characters goes downwards");
      }
      ranges.add(new int[] {from, to});
    }
    expect("]");
    CodePointRanges set = CodePointRanges.of(ranges);
    return new Expression.OneOf(negated ? set.complement() : set);
  }

  private int character() {
    int codePoint = text.codePointAt(at);
    at += Character.charCount(codePoint);
    if (codePoint != '\\') {
      return codePoint;
    }
    if (atEnd()) {
      throw fault("an escape has no end");
    }
    char escape = text.charAt(at++);
    return switch (escape) {
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'x' -> hexadecimal(2);
      case 'u' -> hexadecimal(4);
      case 'U' -> hexadecimal(8);
      case '"', '\\', '[', ']', '-', '^' -> escape;
      default -> throw fault("the escape \\%s is not known".formatted(escape));
    };
  }

  private int hexadecimal(int digits) {
    try {
      int codePoint = Integer.parseUnsignedInt(text.substring(at, at + digits), 16);
      at += digits;
      if (Character.isValidCodePoint(codePoint) && !isSurrogate(codePoint)) {
        return codePoint;
      }
    } catch (NumberFormatException | StringIndexOutOfBoundsException e) {
      throw fault("an escape needs %d hexadecimal digits".formatted(digits));
    }
    throw fault("an escape names no character");
  }

  private static boolean isSurrogate(int codePoint) {
    return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
  }

  private String name() {
    int start = at;
    while (!atEnd() && isNameCharacter(peek())) {
      at++;
    }
    if (start == at) {
      throw fault("the name of a rule was expected");
    }
    return text.substring(start, at);
  }

  private static boolean isNameCharacter(char c) {
    return c >= 'a' && c <= 'z'
        || c >= 'A' && c <= 'Z'
        || c >= '0' && c <= '9'
        || c == '-'
        || c == '_';
  }

  private void skip(boolean lines) {
    while (!atEnd()) {
      char c = peek();
      if (c == '#') {
        while (!atEnd() && peek() != '\n') {
          at++;
        }
      } else if (c == ' ' || c == '\t' || lines && (c == '\n' || c == '\r')) {
        at++;
      } else {
        return;
      }
    }
  }

  private void expect(String expected) {
    if (!text.startsWith(expected, at)) {
      throw fault("'%s' was expected".formatted(expected));
    }
    at += expected.length();
  }

  private char peek() {
    return text.charAt(at);
  }

  private boolean atEnd() {
    return at >= text.length();
  }

  private InvalidRequestException fault(String what) {
    long line = text.substring(0, Math.min(at, text.length())).lines().count();
    return new InvalidRequestException(
        "invalid-schema",
        "response-format",
        "response-format line %d: %s. Correct the grammar.".formatted(Math.max(1, line), what));
  }
}
