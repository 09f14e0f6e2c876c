package dev.chasqui.engine.grammar;

import static dev.chasqui.engine.grammar.Expression.literal;
import static dev.chasqui.engine.grammar.Expression.oneOf;
import static dev.chasqui.engine.grammar.Expression.optional;
import static dev.chasqui.engine.grammar.Expression.sequence;

import dev.chasqui.engine.grammar.Expression.Repeat;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/**
 * The numbers between two bounds, written in decimal digits with at most some places behind the
 * point.
 */
final class DecimalRange {

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
  record Range(BigDecimal from, Bound lower, BigDecimal to, Bound upper) {

    private Range mirrored() {
      return new Range(to.negate(), upper, from.negate(), lower);
    }
  }

  private final int places;
  private final List<Expression> options = new ArrayList<>();

  private DecimalRange(int places) {
    this.places = places;
  }

  /**
   * Returns the numbers of a range.
   *
   * @param range whose bounds have fewer places than are allowed
   * @param places most digits behind the point, at least 1
   */
  static Expression of(Range range, int places) {
    DecimalRange numbers = new DecimalRange(places);
    if (range.from().signum() < 0) {
      numbers.addPositive(range.mirrored(), literal("-"));
    }
    if (range.to().signum() > 0 || range.to().signum() == 0 && range.upper() == Bound.INCLUDED) {
      numbers.addPositive(range, Expression.EMPTY);
    }
    return new Expression.Choice(numbers.options);
  }

  /** Adds what is not below zero: from the lower bound, what lies between, up to the upper one. */
  private void addPositive(Range range, Expression sign) {
    boolean cut = range.from().signum() < 0;
    BigDecimal from = cut ? BigDecimal.ZERO : range.from();
    Bound lower = cut ? Bound.INCLUDED : range.lower();
    BigInteger first = from.toBigInteger();
    BigInteger last = range.to().toBigInteger();
    String low = fraction(from);
    String high = fraction(range.to());
    if (first.equals(last)) {
      add(sign, literal(first.toString()), between(low, lower, high, range.upper()));
      return;
    }
    add(sign, literal(first.toString()), List.of(atLeast(low, lower)));
    BigInteger next = first.add(BigInteger.ONE);
    BigInteger before = last.subtract(BigInteger.ONE);
    if (next.compareTo(before) <= 0) {
      add(sign, IntegerRange.whole(next, before), List.of(optional(point(digits(0)))));
    }
    add(sign, literal(last.toString()), atMost(high, range.upper()));
  }

  /** Adds a whole part with any of these behind it; none where there are none. */
  private void add(Expression sign, Expression whole, List<Expression> fractions) {
    for (Expression fraction : fractions) {
      options.add(sequence(sign, whole, fraction));
    }
  }

  /** The digits behind the point, without zeros at their end. */
  private static String fraction(BigDecimal number) {
    BigDecimal fraction =
        number.subtract(new BigDecimal(number.toBigInteger())).stripTrailingZeros();
    return fraction.signum() == 0 ? "" : fraction.toPlainString().substring(2);
  }

  private static Expression point(Expression digits) {
    return sequence(literal("."), digits);
  }

  private Expression digits(int from) {
    return new Repeat(oneOf('0', '9'), from == 0 ? 1 : 0, places - from);
  }

  private Expression notZero(int from) {
    return sequence(new Repeat(oneOf('0', '9'), 0, places - from - 1), oneOf('1', '9'));
  }

  private Expression atLeast(String low, Bound bound) {
    if (low.isEmpty()) {
      return bound == Bound.INCLUDED ? optional(point(digits(0))) : point(notZero(0));
    }
    return point(above(low, 0, bound));
  }

  /** Digits from a place on that come to no less than the bound's. */
  private Expression above(String low, int at, Bound bound) {
    if (at == low.length()) {
      return bound == Bound.INCLUDED ? digits(at) : notZero(at);
    }
    char digit = low.charAt(at);
    Expression same = sequence(oneOf(digit, digit), above(low, at + 1, bound));
    return digit == '9'
        ? same
        : Expression.choice(same, sequence(oneOf(digit + 1, '9'), digits(at + 1)));
  }

  /** Nothing where the bound is whole and excluded. */
  private List<Expression> atMost(String high, Bound bound) {
    if (high.isEmpty()) {
      return bound == Bound.EXCLUDED
          ? List.of()
          : List.of(optional(point(new Repeat(literal("0"), 1, places))));
    }
    return List.of(optional(point(below(high, 0, bound))));
  }

  /** At least one digit from a place on; they come to no more than the bound's. */
  private Expression below(String high, int at, Bound bound) {
    char digit = high.charAt(at);
    List<Expression> ways = new ArrayList<>();
    if (digit > '0') {
      ways.add(sequence(oneOf('0', digit - 1), digits(at + 1)));
    }
    boolean isLast = at == high.length() - 1;
    if (!isLast) {
      ways.add(sequence(oneOf(digit, digit), optional(below(high, at + 1, bound))));
    } else if (bound == Bound.INCLUDED) {
      ways.add(sequence(oneOf(digit, digit), zeros(at + 1)));
    }
    return new Expression.Choice(ways);
  }

  private Expression zeros(int from) {
    return new Repeat(literal("0"), 0, places - from);
  }

  private List<Expression> between(String low, Bound lower, String high, Bound upper) {
    Expression digits = point(between(low, lower, high, upper, 0));
    return List.of(low.isEmpty() && lower == Bound.INCLUDED ? optional(digits) : digits);
  }

  /** At least one digit from a place up to which both bounds are the same. */
  private Expression between(String low, Bound lower, String high, Bound upper, int at) {
    char least = at < low.length() ? low.charAt(at) : '0';
    char most = high.charAt(at);
    if (least == most) {
      Expression rest = between(low, lower, high, upper, at + 1);
      boolean whole = at + 1 >= low.length() && lower == Bound.INCLUDED;
      return sequence(oneOf(least, least), whole ? optional(rest) : rest);
    }
    List<Expression> ways = new ArrayList<>();
    String rest = at < low.length() ? low : low + "0".repeat(at + 1 - low.length());
    ways.add(sequence(oneOf(least, least), above(rest, at + 1, lower)));
    if (least + 1 < most) {
      ways.add(sequence(oneOf(least + 1, most - 1), digits(at + 1)));
    }
    if (at < high.length() - 1) {
      ways.add(sequence(oneOf(most, most), optional(below(high, at + 1, upper))));
    } else if (upper == Bound.INCLUDED) {
      ways.add(sequence(oneOf(most, most), zeros(at + 1)));
    }
    return new Expression.Choice(ways);
  }

  /** Brings a bound onto numbers of so many places, from where it is not one of them. */
  static BigDecimal onGrid(BigDecimal bound, Bound kind, int places, RoundingMode inwards) {
    BigDecimal rounded = bound.setScale(places, inwards);
    if (kind == Bound.INCLUDED || rounded.compareTo(bound) != 0) {
      return rounded;
    }
    BigDecimal step = BigDecimal.ONE.movePointLeft(places);
    return inwards == RoundingMode.CEILING ? rounded.add(step) : rounded.subtract(step);
  }
}
