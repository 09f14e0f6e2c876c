package dev.chasqui.engine.chat;

import dev.chasqui.engine.api.ChatTemplateException;
import dev.chasqui.engine.chat.Token.Kind;
import java.util.List;

/** Cuts what lies between the delimiters of one tag into tokens. */
final class ExpressionLexer {

  private static final List<String> LONG_OPERATORS = List.of("//", "**", "==", "!=", "<=", ">=");
  private static final String OPERATORS = "+-*/%~<>=.,:|()[]{}";

  private final String source;
  private final List<Token> tokens;
  private int position;
  private int line;
  private int openBrackets;

  ExpressionLexer(String source, List<Token> tokens) {
    this.source = source;
    this.tokens = tokens;
  }

  /** Adds the tokens of one tag and returns where its end begins, its sign included. */
  int lex(int start, String delimiter, int startLine) {
    position = start;
    line = startLine;
    openBrackets = 0;
    while (true) {
      skipSpace();
      if (position >= source.length()) {
        throw failure("a tag does not end with " + delimiter);
      }
      if (openBrackets == 0 && atEnd(delimiter)) {
        return position;
      }
      next();
    }
  }

  private boolean atEnd(String delimiter) {
    return source.startsWith(delimiter, position)
        || source.startsWith("-" + delimiter, position)
        || delimiter.equals("%}") && source.startsWith("+%}", position);
  }

  private void skipSpace() {
    while (position < source.length() && PythonSpace.is(source.charAt(position))) {
      line += source.charAt(position) == '\n' ? 1 : 0;
      position++;
    }
  }

  private void next() {
    char first = source.charAt(position);
    if (Character.isUnicodeIdentifierStart(first) || first == '_') {
      name();
    } else if (first >= '0' && first <= '9') {
      number();
    } else if (first == '\'' || first == '"') {
      string(first);
    } else {
      operator(first);
    }
  }

  private void name() {
    int start = position;
    while (position < source.length() && isNamePart(source.charAt(position))) {
      position++;
    }
    add(Kind.NAME, source.substring(start, position));
  }

  private static boolean isNamePart(char character) {
    return character == '_'
        || Character.isUnicodeIdentifierPart(character)
            && !Character.isIdentifierIgnorable(character);
  }

  private void number() {
    int start = position;
    boolean attribute = start > 0 && source.charAt(start - 1) == '.';
    digits();
    Kind kind = Kind.INTEGER;
    if (!attribute && isAt('.') && isDigit(position + 1)) {
      position++;
      digits();
      kind = Kind.FLOAT;
    }
    if (!attribute && (isAt('e') || isAt('E')) && isExponent()) {
      position += 2;
      digits();
      kind = Kind.FLOAT;
    }
    add(kind, source.substring(start, position).replace("_", ""));
  }

  private boolean isExponent() {
    boolean signed =
        position + 1 < source.length() && "+-".indexOf(source.charAt(position + 1)) >= 0;
    return isDigit(position + (signed ? 2 : 1));
  }

  private void digits() {
    while (isDigit(position) || isAt('_') && isDigit(position + 1)) {
      position++;
    }
  }

  private boolean isAt(char character) {
    return position < source.length() && source.charAt(position) == character;
  }

  private boolean isDigit(int index) {
    return index < source.length() && source.charAt(index) >= '0' && source.charAt(index) <= '9';
  }

  private void string(char quote) {
    int start = position + 1;
    int end = start;
    while (end < source.length() && source.charAt(end) != quote) {
      end += source.charAt(end) == '\\' ? 2 : 1;
    }
    if (end >= source.length()) {
      throw failure("a string does not end");
    }
    String body = source.substring(start, end);
    add(Kind.STRING, Escapes.unescape(body));
    line += (int) body.chars().filter(character -> character == '\n').count();
    position = end + 1;
  }

  private void operator(char first) {
    for (String operator : LONG_OPERATORS) {
      if (source.startsWith(operator, position)) {
        add(Kind.OPERATOR, operator);
        position += operator.length();
        return;
      }
    }
    if (OPERATORS.indexOf(first) < 0) {
      throw failure("'" + first + "' has no meaning in an expression");
    }
    openBrackets += "([{".indexOf(first) >= 0 ? 1 : ")]}".indexOf(first) >= 0 ? -1 : 0;
    if (openBrackets < 0) {
      throw failure("'" + first + "' closes nothing");
    }
    add(Kind.OPERATOR, String.valueOf(first));
    position++;
  }

  private void add(Kind kind, String text) {
    tokens.add(new Token(kind, text, line));
  }

  private ChatTemplateException failure(String what) {
    return new ChatTemplateException("chat template line %d: %s".formatted(line, what));
  }
}
