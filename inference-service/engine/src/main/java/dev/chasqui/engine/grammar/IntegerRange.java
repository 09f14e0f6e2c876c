package dev.chasqui.engine.grammar;

import static dev.chasqui.engine.grammar.Expression.choice;
import static dev.chasqui.engine.grammar.Expression.literal;
import static dev.chasqui.engine.grammar.Expression.oneOf;
import static dev.chasqui.engine.grammar.Expression.optional;
import static dev.chasqui.engine.grammar.Expression.sequence;

import dev.chasqui.engine.grammar.Expression.Repeat;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** The numbers between two whole ones, written in decimal digits. */
final class IntegerRange {

  private static final BigInteger ONE = BigInteger.ONE;
  private static final int FRACTION_DIGITS = 12;

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

  /** Whether a bound is one of the numbers. */
  enum Bound {
    INCLUDED,
    EXCLUDED
  }

  /**
   * A range of numbers.
   *
   * @param from its lower bound
   * @param lower whether that is one of them
   * @param to its upper bound, greater
   * @param upper whether that is one of them
   */
  record Reals(BigInteger from, Bound lower, BigInteger to, Bound upper) {}

  /** Numbers with and without a fraction. */
  static Expression reals(Reals range) {
    List<Expression> options = new ArrayList<>();
    if (range.from().signum() < 0) {
      Reals mirrored =
          new Reals(range.to().negate(), range.upper(), range.from().negate(), range.lower());
      addPositive(mirrored, "-", options);
    }
    if (range.to().signum() > 0 || range.to().signum() == 0 && range.upper() == Bound.INCLUDED) {
      addPositive(range, "", options);
    }
    return new Expression.Choice(options);
  }

  /** Adds what is not below zero: the lower bound, what lies between, the upper bound. */
  private static void addPositive(Reals range, String sign, List<Expression> options) {
    boolean cut = range.from().signum() < 0;
    BigInteger from = cut ? BigInteger.ZERO : range.from();
    Bound lower = cut ? Bound.INCLUDED : range.lower();
    Expression begin = literal(sign);
    if (from.compareTo(range.to()) < 0) {
      Expression first = literal(from.toString());
      options.add(
          sequence(
              begin, first, lower == Bound.INCLUDED ? optional(fraction()) : nonZeroFraction()));
    }
    BigInteger next = from.add(ONE);
    BigInteger last = range.to().subtract(ONE);
    if (next.compareTo(last) <= 0) {
      options.add(sequence(begin, digits(next, last), optional(fraction())));
    }
    if (range.upper() == Bound.INCLUDED) {
      options.add(sequence(begin, literal(range.to().toString()), optional(zeroFraction())));
    }
  }

  private static Expression fraction() {
    return sequence(literal("."), new Repeat(oneOf('0', '9'), 1, FRACTION_DIGITS));
  }

  private static Expression nonZeroFraction() {
    return sequence(
        literal("."), new Repeat(oneOf('0', '9'), 0, FRACTION_DIGITS - 1), oneOf('1', '9'));
  }

  private static Expression zeroFraction() {
    return sequence(literal("."), new Repeat(literal("0"), 1, FRACTION_DIGITS));
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
