package dev.chasqui.engine.grammar;

import static dev.chasqui.engine.grammar.Expression.choice;
import static dev.chasqui.engine.grammar.Expression.literal;
import static dev.chasqui.engine.grammar.Expression.oneOf;
import static dev.chasqui.engine.grammar.Expression.sequence;

import dev.chasqui.engine.grammar.Expression.Repeat;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** The whole numbers between two of them, written in decimal digits. */
final class IntegerRange {

  private static final BigInteger ONE = BigInteger.ONE;

  private IntegerRange() {}

  /**
   * Whole numbers.
   *
   * @param from the least
   * @param to the greatest, not less
   */
  static Expression whole(BigInteger from, BigInteger to) {
    List<Expression> options = new ArrayList<>();
    if (from.signum() < 0) {
      BigInteger least = to.signum() < 0 ? to.negate() : ONE;
      options.add(sequence(literal("-"), digits(least, from.negate())));
    }
    if (to.signum() >= 0) {
      options.add(digits(from.max(BigInteger.ZERO), to));
    }
    return new Expression.Choice(options);
  }

  /** Whole numbers that are not below zero, without leading zeros. */
  private static Expression digits(BigInteger from, BigInteger to) {
    List<Expression> options = new ArrayList<>();
    BigInteger start = from;
    while (start.compareTo(to) <= 0) {
      int length = start.toString().length();
      BigInteger last = BigInteger.TEN.pow(length).subtract(ONE).min(to);
      options.add(sameLength(start.toString(), last.toString()));
      start = last.add(ONE);
    }
    return new Expression.Choice(options);
  }

  private static Expression sameLength(String from, String to) {
    if (from.isEmpty()) {
      return Expression.EMPTY;
    }
    int rest = from.length() - 1;
    if (from.chars().allMatch(c -> c == '0') && to.chars().allMatch(c -> c == '9')) {
      return new Repeat(oneOf('0', '9'), from.length(), from.length());
    }
    char low = from.charAt(0);
    char high = to.charAt(0);
    if (low == high) {
      return sequence(oneOf(low, low), sameLength(from.substring(1), to.substring(1)));
    }
    List<Expression> options = new ArrayList<>();
    options.add(sequence(oneOf(low, low), sameLength(from.substring(1), "9".repeat(rest))));
    if (low + 1 < high) {
      options.add(sequence(oneOf(low + 1, high - 1), new Repeat(oneOf('0', '9'), rest, rest)));
    }
    options.add(sequence(oneOf(high, high), sameLength("0".repeat(rest), to.substring(1))));
    return choice(options.toArray(Expression[]::new));
  }
}
