package dev.chasqui.engine.chat;

import dev.chasqui.engine.api.ChatTemplateException;
import dev.chasqui.engine.chat.Token.Kind;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts the source of a template into tokens, with white space removed as Jinja does under
 * trim_blocks and lstrip_blocks (pallets/jinja, src/jinja2/lexer.py): a newline behind a block or
 * comment goes, and so does what indents one.
 */
final class Lexer {

  private final String source;
  private final List<Token> tokens = new ArrayList<>();
  private final ExpressionLexer expressions;
  private int position;
  private int counted;
  private int line = 1;

  private Lexer(String source) {
    String normalized = source.replace("\r\n", "\n").replace('\r', '\n');
    this.source =
        normalized.endsWith("\n") ? normalized.substring(0, normalized.length() - 1) : normalized;
    this.expressions = new ExpressionLexer(this.source, tokens);
  }

  static List<Token> tokens(String source) {
    Lexer lexer = new Lexer(source);
    while (lexer.position < lexer.source.length()) {
      lexer.dataAndTag();
    }
    lexer.add(Kind.END, "");
    return lexer.tokens;
  }

  private void dataAndTag() {
    int tag = nextTag(position);
    if (tag < 0) {
      addData(source.substring(position));
      position = source.length();
      return;
    }
    boolean block = source.charAt(tag + 1) != '{';
    boolean signed = tag + 2 < source.length() && "-+".indexOf(source.charAt(tag + 2)) >= 0;
    char sign = signed ? source.charAt(tag + 2) : ' ';
    addData(beforeTag(source.substring(position, tag), sign, block));
    position = tag;
    switch (source.charAt(tag + 1)) {
      case '#' -> comment();
      case '%' -> {
        if (!raw()) {
          tag(Kind.BLOCK_START, Kind.BLOCK_END, signed);
        }
      }
      default -> tag(Kind.PRINT_START, Kind.PRINT_END, signed);
    }
  }

  private int nextTag(int from) {
    int brace = source.indexOf('{', from);
    while (brace >= 0 && brace + 1 < source.length()) {
      if ("{%#".indexOf(source.charAt(brace + 1)) >= 0) {
        return brace;
      }
      brace = source.indexOf('{', brace + 1);
    }
    return -1;
  }

  private String beforeTag(String data, char sign, boolean block) {
    if (sign == '-') {
      return PythonSpace.strippedRight(data);
    }
    if (sign == '+' || !block) {
      return data;
    }
    int lineStart = data.lastIndexOf('\n') + 1;
    boolean atLineStart = lineStart > 0 || position == 0 || source.charAt(position - 1) == '\n';
    return atLineStart && PythonSpace.strippedRight(data.substring(lineStart)).isEmpty()
        ? data.substring(0, lineStart)
        : data;
  }

  private void comment() {
    int end = source.indexOf("#}", position + 2);
    if (end < 0) {
      throw new ChatTemplateException(
          "chat template line %d: a comment does not end".formatted(line()));
    }
    char sign = end > position + 2 ? source.charAt(end - 1) : ' ';
    position = afterBlockEnd(end + 2, sign);
  }

  private void tag(Kind start, Kind end, boolean signed) {
    add(start, source.substring(position, position + 2));
    int bodyStart = position + (signed ? 3 : 2);
    String delimiter = end == Kind.BLOCK_END ? "%}" : "}}";
    int bodyEnd = expressions.lex(bodyStart, delimiter, line());
    boolean endSigned = source.charAt(bodyEnd) != delimiter.charAt(0);
    char sign = endSigned ? source.charAt(bodyEnd) : ' ';
    int after = bodyEnd + (endSigned ? 3 : 2);
    position = after;
    add(end, delimiter);
    position = end == Kind.BLOCK_END || sign == '-' ? afterBlockEnd(after, sign) : after;
  }

  /** Returns where the text goes on behind a block or comment. */
  private int afterBlockEnd(int end, char sign) {
    int after = end;
    if (sign == '-') {
      while (after < source.length() && PythonSpace.is(source.charAt(after))) {
        after++;
      }
    } else if (sign != '+' && after < source.length() && source.charAt(after) == '\n') {
      after++;
    }
    return after;
  }

  /** Takes {@code {% raw %} … {% endraw %}} as it stands; returns whether there was one. */
  private boolean raw() {
    int bodyStart = RawTag.end(source, position, "raw");
    if (bodyStart < 0) {
      return false;
    }
    boolean stripped = source.charAt(bodyStart - 3) == '-';
    int from = stripped ? afterBlockEnd(bodyStart, '-') : bodyStart;
    int end = from;
    while (end >= 0 && RawTag.end(source, end, "endraw") < 0) {
      end = source.indexOf("{%", end + 1);
    }
    if (end < 0) {
      throw new ChatTemplateException(
          "chat template line %d: raw text does not end".formatted(line()));
    }
    position = from;
    addData(beforeTag(source.substring(from, end), source.charAt(end + 2), true));
    int after = RawTag.end(source, end, "endraw");
    position = afterBlockEnd(after, source.charAt(after - 3));
    return true;
  }

  private void addData(String data) {
    if (!data.isEmpty()) {
      add(Kind.DATA, data);
    }
  }

  private void add(Kind kind, String text) {
    tokens.add(new Token(kind, text, line()));
  }

  /** Counts on from where it was asked last: positions only grow. */
  private int line() {
    while (counted < position) {
      line += source.charAt(counted++) == '\n' ? 1 : 0;
    }
    return line;
  }
}
