package dev.chasqui.engine.grammar;

import static dev.chasqui.engine.grammar.Expression.choice;
import static dev.chasqui.engine.grammar.Expression.literal;
import static dev.chasqui.engine.grammar.Expression.oneOf;
import static dev.chasqui.engine.grammar.Expression.optional;
import static dev.chasqui.engine.grammar.Expression.sequence;

import dev.chasqui.engine.grammar.Expression.Repeat;
import java.util.Set;

/**
 * The formats of strings that are held to (RFC 3339 and RFC 4122); others are annotations, as JSON
 * Schema has it. Days go to 28, so that every date is one.
 */
final class Formats {

  private static final Set<String> KNOWN = Set.of("date", "time", "date-time", "uuid");
  private static final Expression DIGIT = oneOf('0', '9');

  private Formats() {}

  static boolean isKnown(String format) {
    return KNOWN.contains(format);
  }

  /** Returns what stands between the quotes. */
  static Expression of(String format) {
    return switch (format) {
      case "date" -> date();
      case "time" -> time();
      case "date-time" -> sequence(date(), literal("T"), time());
      default -> uuid();
    };
  }

  private static Expression digits(int count) {
    return new Repeat(DIGIT, count, count);
  }

  private static Expression date() {
    Expression month =
        choice(sequence(literal("0"), oneOf('1', '9')), sequence(literal("1"), oneOf('0', '2')));
    Expression day =
        choice(
            sequence(literal("0"), oneOf('1', '9')),
            sequence(literal("1"), DIGIT),
            sequence(literal("2"), oneOf('0', '8')));
    return sequence(oneOf('1', '2'), digits(3), literal("-"), month, literal("-"), day);
  }

  private static Expression time() {
    Expression hour =
        choice(sequence(oneOf('0', '1'), DIGIT), sequence(literal("2"), oneOf('0', '3')));
    Expression sixty = sequence(oneOf('0', '5'), DIGIT);
    Expression fraction = optional(sequence(literal("."), new Repeat(DIGIT, 1, 6)));
    return sequence(hour, literal(":"), sixty, literal(":"), sixty, fraction, zone());
  }

  /** No clock is further off than 14 hours; an offset of -00:00 means that it is not known. */
  private static Expression zone() {
    Expression minutes = choice(literal(":00"), literal(":15"), literal(":30"), literal(":45"));
    Expression ahead =
        choice(sequence(literal("0"), DIGIT), sequence(literal("1"), oneOf('0', '3')));
    Expression behind =
        choice(sequence(literal("0"), oneOf('1', '9')), sequence(literal("1"), oneOf('0', '1')));
    return choice(
        literal("Z"),
        sequence(literal("+"), ahead, minutes),
        sequence(literal("-"), behind, minutes));
  }

  private static Expression uuid() {
    Expression hex = oneOf('0', '9', 'a', 'f');
    Expression four = new Repeat(hex, 4, 4);
    Expression dash = literal("-");
    return sequence(four, four, dash, four, dash, four, dash, four, dash, four, four, four);
  }
}
