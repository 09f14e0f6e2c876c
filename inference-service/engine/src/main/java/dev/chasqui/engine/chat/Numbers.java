package dev.chasqui.engine.chat;

import dev.chasqui.engine.api.ChatTemplateException;
import dev.chasqui.engine.chat.Value.Bool;
import dev.chasqui.engine.chat.Value.Real;
import dev.chasqui.engine.chat.Value.Whole;
import java.math.BigDecimal;
import java.math.BigInteger;

/** Arithmetic as in Python, on whole numbers of 64 bits. */
final class Numbers {

  private Numbers() {}

  static boolean is(Value value) {
    return value instanceof Whole || value instanceof Real || value instanceof Bool;
  }

  static int compare(Value left, Value right) {
    return isWhole(left) && isWhole(right)
        ? Long.compare(whole(left), whole(right))
        : Double.compare(real(left) + 0.0, real(right) + 0.0);
  }

  static Value compute(String operator, Value left, Value right) {
    try {
      return isWhole(left) && isWhole(right) && !operator.equals("/")
          ? computeWhole(operator, whole(left), whole(right))
          : new Real(computeReal(operator, real(left), real(right)));
    } catch (ArithmeticException failure) {
      throw new ChatTemplateException(
          "%s %s %s cannot be computed: %s"
              .formatted(
                  Printer.plain(left), operator, Printer.plain(right), failure.getMessage()));
    }
  }

  static Value negate(Value value) {
    return compute("-", new Whole(0), value);
  }

  static double real(Value value) {
    return value instanceof Real real ? real.value() : whole(value);
  }

  /** Writes a floating-point number as Python's repr does. */
  static String written(double value) {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      return Double.isNaN(value) ? "nan" : value > 0 ? "inf" : "-inf";
    }
    BigDecimal digits = new BigDecimal(Double.toString(value)).stripTrailingZeros();
    int exponent = digits.precision() - digits.scale() - 1;
    if (value == 0 || exponent >= -4 && exponent < 16) {
      String plain = digits.toPlainString();
      String signed = value == 0 && 1 / value < 0 ? "-0" : plain;
      return signed.contains(".") ? signed : signed + ".0";
    }
    String mantissa = digits.movePointLeft(exponent).toPlainString();
    return "%se%s%02d".formatted(mantissa, exponent < 0 ? "-" : "+", Math.abs(exponent));
  }

  private static boolean isWhole(Value value) {
    return value instanceof Whole || value instanceof Bool;
  }

  private static long whole(Value value) {
    return Arguments.Cast.whole(value);
  }

  private static Value computeWhole(String operator, long left, long right) {
    return switch (operator) {
      case "+" -> new Whole(Math.addExact(left, right));
      case "-" -> new Whole(Math.subtractExact(left, right));
      case "*" -> new Whole(Math.multiplyExact(left, right));
      case "//" -> new Whole(Math.floorDiv(left, right));
      case "%" -> new Whole(Math.floorMod(left, right));
      case "**" -> right < 0 ? new Real(Math.pow(left, right)) : new Whole(power(left, right));
      default -> throw new ArithmeticException("no such operator");
    };
  }

  /** Beyond an exponent of 64 only -1, 0 and 1 stay in range, and for them its parity decides. */
  private static long power(long base, long exponent) {
    int capped = exponent > 64 ? 64 + (int) (exponent & 1) : (int) exponent;
    return BigInteger.valueOf(base).pow(capped).longValueExact();
  }

  private static double computeReal(String operator, double left, double right) {
    if (right == 0 && "//%".contains(operator)) {
      throw new ArithmeticException("division by zero");
    }
    return switch (operator) {
      case "+" -> left + right;
      case "-" -> left - right;
      case "*" -> left * right;
      case "/" -> left / right;
      case "//" -> Math.floor(left / right);
      case "%" -> left - right * Math.floor(left / right);
      case "**" -> Math.pow(left, right);
      default -> throw new ArithmeticException("no such operator");
    };
  }
}
