package dev.chasqui.engine.grammar;

import dev.chasqui.engine.api.InvalidRequestException;
import dev.chasqui.engine.grammar.Expression.Repeat;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads a regular expression of a schema as the inside of a JSON string: characters, classes,
 * groups, alternatives, repetitions, and anchors at its ends. What needs looking around is refused.
 */
final class PatternParser {

  private static final int DEEPEST = 64;
  private static final CodePointRanges DIGITS = CodePointRanges.of('0', '9');
  private static final CodePointRanges WORD =
      CodePointRanges.of('0', '9', 'A', 'Z', 'a', 'z', '_', '_');
  private static final CodePointRanges SPACE =
      CodePointRanges.of('\t', '\r', ' ', ' ', 0xa0, 0xa0, 0x2028, 0x2029);
  private static final CodePointRanges LINE_ENDS =
      CodePointRanges.of('\n', '\n', '\r', '\r', 0x2028, 0x2029);

  private final String pattern;
  private final String path;
  private int at;
  private int depth;

  private PatternParser(String pattern, String path) {
    this.pattern = pattern;
    this.path = path;
  }

  /**
   * Reads a pattern.
   *
   * @param path of the keyword in its schema
   * @throws InvalidRequestException if it is faulty or more than is supported
   */
  static Expression parse(String pattern, String path) {
    PatternParser parser = new PatternParser(pattern, path);
    boolean fromStart = pattern.startsWith("^");
    parser.at = fromStart ? 1 : 0;
    Expression inside = parser.alternatives();
    boolean toEnd = parser.at == pattern.length() - 1 && pattern.endsWith("$");
    if (parser.at < pattern.length() && !toEnd) {
      throw parser.fault("'" + pattern.charAt(parser.at) + "' is not supported there");
    }
    if ((fromStart || toEnd) && inside instanceof Expression.Choice) {
      throw parser.fault(
          "an anchor beside | holds for one option only: put the options in a group");
    }
    Expression anything = Expression.any(JsonGrammar.CHARACTER);
    return Expression.sequence(
        fromStart ? Expression.EMPTY : anything, inside, toEnd ? Expression.EMPTY : anything);
  }

  private Expression alternatives() {
    if (++depth > DEEPEST) {
      throw fault("groups are nested more than %d deep".formatted(DEEPEST));
    }
    List<Expression> options = new ArrayList<>();
    options.add(sequence());
    while (at < pattern.length() && pattern.charAt(at) == '|') {
      at++;
      options.add(sequence());
    }
    depth--;
    return options.size() == 1 ? options.getFirst() : new Expression.Choice(options);
  }

  private Expression sequence() {
    List<Expression> parts = new ArrayList<>();
    while (at < pattern.length() && "|)$^".indexOf(pattern.charAt(at)) < 0) {
      Expression item = item();
      while (at < pattern.length() && "*+?{".indexOf(pattern.charAt(at)) >= 0) {
        item = repeated(item);
      }
      parts.add(item);
    }
    return new Expression.Sequence(parts);
  }

  private Expression item() {
    char c = pattern.charAt(at);
    if (c == '(') {
      return group();
    }
    if (c == '[') {
      at++;
      return inString(characterClass());
    }
    if (c == '.') {
      at++;
      return inString(LINE_ENDS.complement());
    }
    if ("*+?{}]".indexOf(c) >= 0) {
      throw fault("'" + c + "' stands alone");
    }
    return inString(single());
  }

  private Expression group() {
    at++;
    if (pattern.startsWith("?:", at)) {
      at += 2;
    } else if (at < pattern.length() && pattern.charAt(at) == '?') {
      throw fault("looking around and named groups are not supported");
    }
    Expression group = alternatives();
    if (at >= pattern.length() || pattern.charAt(at) != ')') {
      throw fault("a group does not end");
    }
    at++;
    return group;
  }

  private Expression repeated(Expression item) {
    char c = pattern.charAt(at++);
    Expression repeated =
        switch (c) {
          case '*' -> new Repeat(item, 0, Repeat.UNBOUNDED);
          case '+' -> new Repeat(item, 1, Repeat.UNBOUNDED);
          case '?' -> new Repeat(item, 0, 1);
          default -> counted(item);
        };
    if (at < pattern.length() && pattern.charAt(at) == '?') {
      at++; // lazy or not, the same texts fit
    }
    return repeated;
  }

  private Expression counted(Expression item) {
    int end = pattern.indexOf('}', at);
    String[] bounds = end < 0 ? new String[0] : pattern.substring(at, end).split(",", -1);
    try {
      int least = Integer.parseUnsignedInt(bounds[0]);
      at = end + 1;
      if (bounds.length == 1) {
        return new Repeat(item, least, least);
      }
      int most = bounds[1].isEmpty() ? Repeat.UNBOUNDED : Integer.parseUnsignedInt(bounds[1]);
      if (most == Repeat.UNBOUNDED || most >= least) {
        return new Repeat(item, least, most);
      }
    } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
      throw fault("a repetition is not of the form {m}, {m,} or {m,n}");
    }
    throw fault("a repetition goes downwards");
  }

  private CodePointRanges characterClass() {
    boolean negated = at < pattern.length() && pattern.charAt(at) == '^';
    at += negated ? 1 : 0;
    CodePointRanges set = CodePointRanges.of();
    while (at < pattern.length() && pattern.charAt(at) != ']') {
      CodePointRanges from = single();
      boolean range =
          at + 1 < pattern.length() && pattern.charAt(at) == '-' && pattern.charAt(at + 1) != ']';
      if (range) {
        at++;
        from = between(from, single());
      }
      set = set.plus(from);
    }
    if (at >= pattern.length()) {
      throw fault("a class does not end");
    }
    at++;
    return negated ? set.complement() : set;
  }

  private CodePointRanges between(CodePointRanges from, CodePointRanges to) {
    int low = from.ranges().getFirst()[0];
    int high = to.ranges().getLast()[1];
    if (low > high || from.ranges().size() > 1 || to.ranges().size() > 1) {
      throw fault("a range in a class goes downwards or is none");
    }
    return CodePointRanges.of(low, high);
  }

  private CodePointRanges single() {
    int codePoint = pattern.codePointAt(at);
    at += Character.charCount(codePoint);
    if (codePoint != '\\') {
      return CodePointRanges.of(codePoint, codePoint);
    }
    if (at >= pattern.length()) {
      throw fault("an escape has no end");
    }
    char escape = pattern.charAt(at++);
    return switch (escape) {
      case 'd' -> DIGITS;
      case 'D' -> DIGITS.complement();
      case 'w' -> WORD;
      case 'W' -> WORD.complement();
      case 's' -> SPACE;
      case 'S' -> SPACE.complement();
      case 'n' -> CodePointRanges.of('\n', '\n');
      case 'r' -> CodePointRanges.of('\r', '\r');
      case 't' -> CodePointRanges.of('\t', '\t');
      default -> {
        if (Character.isLetterOrDigit(escape)) {
          throw fault("the escape \\" + escape + " is not supported");
        }
        yield CodePointRanges.of(escape, escape);
      }
    };
  }

  /** Characters as a JSON string holds them: some stand behind a backslash. */
  private Expression inString(CodePointRanges set) {
    List<Expression> options = new ArrayList<>();
    CodePointRanges rest = JsonGrammar.PLAIN.complement();
    CodePointRanges plain = set.minus(rest);
    if (!plain.isEmpty()) {
      options.add(new Expression.OneOf(plain));
    }
    for (int[] range : set.minus(JsonGrammar.PLAIN).ranges()) {
      for (int codePoint = range[0]; codePoint <= range[1]; codePoint++) {
        options.add(Expression.literal(JsonGrammar.escaped(codePoint)));
      }
    }
    return new Expression.Choice(options);
  }

  private InvalidRequestException fault(String what) {
    return new InvalidRequestException(
        "invalid-schema",
        "response-format",
        "response-format at %s, position %d of the pattern: %s. Write it in another way, or leave it out."
            .formatted(path, at, what));
  }
}
