package dev.chasqui.engine.grammar;

import static dev.chasqui.engine.grammar.Expression.any;
import static dev.chasqui.engine.grammar.Expression.choice;
import static dev.chasqui.engine.grammar.Expression.literal;
import static dev.chasqui.engine.grammar.Expression.oneOf;
import static dev.chasqui.engine.grammar.Expression.optional;
import static dev.chasqui.engine.grammar.Expression.sequence;

import dev.chasqui.engine.grammar.Expression.Repeat;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The rules of JSON (RFC 8259), with numbers of at most 15 digits, which every parser holds
 * exactly, and little white space, so that an answer cannot get lost in it.
 */
final class JsonGrammar {

  private static final int MOST_DIGITS = 15;
  private static final int MOST_INDENT = 20;

  /** Characters that stand in a string as they are. */
  static final CodePointRanges PLAIN =
      CodePointRanges.of(0x20, 0x21, 0x23, 0x5b, 0x5d, Character.MAX_CODE_POINT);

  private static final Expression HEX = oneOf('0', '9', 'a', 'f', 'A', 'F');
  private static final Expression DIGIT = oneOf('0', '9');

  /** Four hexadecimal digits that are no surrogate. */
  private static final Expression CODE_UNIT =
      choice(
          sequence(oneOf('0', '9', 'a', 'c', 'A', 'C', 'e', 'f', 'E', 'F'), HEX, HEX, HEX),
          sequence(oneOf('d', 'd', 'D', 'D'), oneOf('0', '7'), HEX, HEX));

  private static final Expression ESCAPE =
      sequence(
          literal("\\"),
          choice(
              oneOf(
                  '"', '"', '\\', '\\', '/', '/', 'b', 'b', 'f', 'f', 'n', 'n', 'r', 'r', 't', 't'),
              sequence(literal("u"), CODE_UNIT)));

  static final Expression SPACE = new Expression.Rule("space");
  static final Expression VALUE = new Expression.Rule("value");
  static final Expression OBJECT = new Expression.Rule("object");
  static final Expression ARRAY = new Expression.Rule("array");
  static final Expression STRING = new Expression.Rule("string");
  static final Expression CHARACTER = new Expression.Rule("character");
  static final Expression NUMBER = new Expression.Rule("number");
  static final Expression INTEGER = new Expression.Rule("integer");
  static final Expression BOOLEAN = choice(literal("true"), literal("false"));
  static final Expression NULL = literal("null");

  private JsonGrammar() {}

  /** Returns rules together with those of JSON that they use, all the others left out. */
  static Rules rules(Map<String, Expression> own) {
    Map<String, Expression> all = new LinkedHashMap<>(own);
    all.put("space", choice(Expression.EMPTY, literal(" "), sequence(literal("\n"), indent())));
    all.put("value", choice(OBJECT, ARRAY, STRING, NUMBER, BOOLEAN, NULL));
    all.put("object", object(sequence(STRING, colon(), VALUE)));
    all.put("array", array(VALUE, 0, Repeat.UNBOUNDED));
    all.put("character", choice(new Expression.OneOf(PLAIN), ESCAPE));
    all.put("string", sequence(literal("\""), any(CHARACTER), literal("\"")));
    all.put("integer", sequence(optional(literal("-")), whole()));
    all.put("number", sequence(INTEGER, optional(fraction()), optional(exponent())));
    return new Rules(all);
  }

  private static Expression indent() {
    return new Repeat(literal(" "), 0, MOST_INDENT);
  }

  private static Expression whole() {
    return choice(literal("0"), sequence(oneOf('1', '9'), new Repeat(DIGIT, 0, MOST_DIGITS - 1)));
  }

  /** A point and digits behind it. */
  static Expression fraction() {
    return sequence(literal("."), new Repeat(DIGIT, 1, MOST_DIGITS));
  }

  private static Expression exponent() {
    return sequence(
        oneOf('e', 'e', 'E', 'E'), optional(oneOf('+', '+', '-', '-')), new Repeat(DIGIT, 1, 2));
  }

  static Expression colon() {
    return sequence(literal(":"), SPACE);
  }

  static Expression comma() {
    return sequence(literal(","), SPACE);
  }

  /** An object of any number of members of one kind. */
  static Expression object(Expression member) {
    return braced("{", optional(sequence(member, any(sequence(comma(), member)))), "}");
  }

  static Expression braced(String open, Expression content, String close) {
    return sequence(literal(open), SPACE, content, SPACE, literal(close));
  }

  /** An array of so many elements of one kind. */
  static Expression array(Expression element, int least, int most) {
    return braced("[", elements(element, least, most), "]");
  }

  /** Elements with commas between them. */
  static Expression elements(Expression element, int least, int most) {
    if (most == 0) {
      return Expression.EMPTY;
    }
    int further = most == Repeat.UNBOUNDED ? most : most - 1;
    Expression rest = new Repeat(sequence(comma(), element), Math.max(0, least - 1), further);
    Expression some = sequence(element, rest);
    return least == 0 ? optional(some) : some;
  }

  /** A string of so many characters. */
  static Expression string(int least, int most) {
    return quoted(new Repeat(CHARACTER, least, most));
  }

  static Expression quoted(Expression content) {
    return sequence(literal("\""), content, literal("\""));
  }

  /** Returns the one way in which we write a text as a JSON string. */
  static String quote(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    text.codePoints().forEach(codePoint -> quoted.append(escaped(codePoint)));
    return quoted.append('"').toString();
  }

  /** Returns how a character is written inside of a JSON string. */
  static String escaped(int codePoint) {
    return switch (codePoint) {
      case '"' -> "\\\"";
      case '\\' -> "\\\\";
      case '\n' -> "\\n";
      case '\r' -> "\\r";
      case '\t' -> "\\t";
      case '\b' -> "\\b";
      case '\f' -> "\\f";
      default -> codePoint < 0x20 ? "\\u%04x".formatted(codePoint) : Character.toString(codePoint);
    };
  }
}
