package dev.chasqui.guard.scan.rules;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import dev.chasqui.guard.scan.code.Language;
import dev.chasqui.guard.scan.code.SourceText;
import dev.chasqui.guard.scan.code.View;
import java.util.Locale;
import java.util.Set;

/**
 * Tells whether an expression is made of literals alone, following names to their assignments in
 * the same text.
 */
final class Constants {

  private static final int MOST_STEPS = 4;
  private static final Set<String> LITERALS =
      Set.of(
          "true",
          "false",
          "null",
          "None",
          "True",
          "False",
          "nil",
          "NULL",
          "nullptr",
          "undefined",
          "new",
          "String",
          "byte",
          "char",
          "static_cast",
          "const");

  private final SourceText source;
  private final String bare;

  Constants(SourceText source) {
    this.source = source;
    this.bare = source.view(View.BARE);
  }

  boolean isConstant(int from, int end) {
    return isConstant(from, end, MOST_STEPS);
  }

  private boolean isConstant(int from, int end, int steps) {
    int at = from;
    while (at < end) {
      char c = bare.charAt(at);
      if (isQuote(c)) {
        int close = closingQuote(at, end);
        if (interpolates(c, at, close)) {
          return false;
        }
        at = close + 1;
      } else if (Character.isLetter(c) || c == '_' || c == '$') {
        int wordEnd = wordEnd(at, end);
        if (wordEnd < end && bare.charAt(wordEnd) == '(' && isSizeof(at, wordEnd)) {
          at = Call.read(bare, wordEnd).end();
          continue;
        }
        if (!isConstantWord(at, wordEnd, steps)) {
          return false;
        }
        at = wordEnd;
      } else {
        at = Character.isDigit(c) ? wordEnd(at, end) : at + 1;
      }
    }
    return true;
  }

  private boolean isConstantWord(int from, int end, int steps) {
    String word = bare.substring(from, end);
    char after = end < bare.length() ? bare.charAt(end) : ' ';
    if (isQuote(after)) {
      return !(word.contains("f") || word.contains("F")) || !isPython();
    }
    if (LITERALS.contains(word) || isMacro(word)) {
      return true;
    }
    boolean member = from > 0 && (bare.charAt(from - 1) == '.' || bare.charAt(from - 1) == '>');
    if (steps == 0 || member || after == '(' || after == '.' || after == '[') {
      return false;
    }
    return isBoundToConstants(word, from, steps - 1);
  }

  private boolean isSizeof(int from, int end) {
    return bare.substring(from, end).equals("sizeof");
  }

  /** By custom a name of C in capitals is a constant. */
  private boolean isMacro(String word) {
    boolean c = source.language() == Language.C || source.language() == Language.CPP;
    return c && word.equals(word.toUpperCase(Locale.ROOT)) && word.length() > 1;
  }

  /** Whether the name is assigned before here, and to constants only. */
  private boolean isBoundToConstants(String word, int before, int steps) {
    Pattern assignment =
        Pattern.compile(
            "(?m)(?:^|[^\\w.$>])"
                + Pattern.quote(word)
                + "(?:\\s*:\\s*[\\w&<>\\[\\]' ]+)?\\s*(:?=)[^=>]");
    Matcher matcher = assignment.matcher(bare.substring(0, before));
    boolean found = false;
    while (matcher.find()) {
      found = true;
      int from = matcher.end(1);
      if (isParameter(matcher.start()) || !isConstant(from, expressionEnd(from), steps)) {
        return false;
      }
    }
    return found && !isChanged(word);
  }

  /** Whether what looks like an assignment is a default value or a named argument. */
  private boolean isParameter(int at) {
    int before = at;
    while (before > 0 && Character.isWhitespace(bare.charAt(before))) {
      before--;
    }
    return bare.charAt(before) == '(' || bare.charAt(before) == ',';
  }

  private boolean isChanged(String word) {
    String name = Pattern.quote(word);
    String changed = name + "\\s*(?:[-+*/.|&%]|<<)=|" + name + "(?:\\+\\+|--)|(?:\\+\\+|--)" + name;
    String loop = "|\\bfor(?:each)?\\b[^\\n]*\\b" + name + "\\b[^\\n]*\\b(?:in|of)\\b";
    return Pattern.compile(changed + loop).matcher(bare).find();
  }

  private int expressionEnd(int from) {
    int depth = 0;
    for (int at = from; at < bare.length(); at++) {
      char c = bare.charAt(at);
      if ("([{".indexOf(c) >= 0) {
        depth++;
      } else if (")]}".indexOf(c) >= 0) {
        depth--;
      }
      boolean ends = c == ';' || c == '\n' || (c == ',' && !isPython());
      if (depth < 0 || (depth == 0 && ends)) {
        return at;
      }
    }
    return bare.length();
  }

  private int wordEnd(int from, int end) {
    int at = from + 1;
    while (at < end && (Character.isLetterOrDigit(bare.charAt(at)) || bare.charAt(at) == '_')) {
      at++;
    }
    return at;
  }

  private int closingQuote(int open, int end) {
    int at = open + 1;
    while (at < end && bare.charAt(at) != bare.charAt(open)) {
      at++;
    }
    return Math.min(at, end - 1);
  }

  private boolean interpolates(char quote, int open, int close) {
    String inside = source.view(View.CODE).substring(open + 1, Math.max(open + 1, close));
    return switch (source.language()) {
      case PHP, SHELL -> quote == '"' && inside.contains("$");
      case SWIFT -> inside.contains("\\(");
      case CSHARP -> open > 0 && bare.charAt(open - 1) == '$' && inside.contains("{");
      case RUST -> inside.matches("(?s).*\\{\\w*[^}]*}.*");
      case JAVASCRIPT, TYPESCRIPT -> inside.contains("${");
      default -> false;
    };
  }

  private boolean isPython() {
    return source.language() == Language.PYTHON;
  }

  private static boolean isQuote(char c) {
    return c == '"' || c == '\'' || c == '`';
  }
}
