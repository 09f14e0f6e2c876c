package dev.chasqui.engine.chat;

import dev.chasqui.engine.api.ChatTemplateException;
import dev.chasqui.engine.chat.Value.Real;
import dev.chasqui.engine.chat.Value.Text;
import dev.chasqui.engine.chat.Value.Whole;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** Filters that give numbers. */
final class NumberFilters {

  private NumberFilters() {}

  static Filters.Filter named(String name) {
    return switch (name) {
      case "int" -> (input, arguments, run) -> whole(input, arguments);
      case "float" -> (input, arguments, run) -> real(input, arguments);
      case "abs" -> (input, arguments, run) -> magnitude(input);
      case "round" -> (input, arguments, run) -> rounded(input, arguments);
      default -> throw new ChatTemplateException("the filter " + name + " is not known");
    };
  }

  private static Value whole(Value input, Arguments arguments) {
    Value otherwise = arguments.get(0, "default").orElseGet(() -> new Whole(0));
    return switch (input) {
      case Real real -> new Whole((long) real.value());
      case Text text ->
          parsed(text)
              .<Value>map(number -> new Whole((long) number.doubleValue()))
              .orElse(otherwise);
      default -> Numbers.is(input) ? new Whole(Arguments.Cast.whole(input)) : otherwise;
    };
  }

  private static Value real(Value input, Arguments arguments) {
    Value otherwise = arguments.get(0, "default").orElseGet(() -> new Real(0));
    return switch (input) {
      case Text text -> parsed(text).<Value>map(Real::new).orElse(otherwise);
      default -> Numbers.is(input) ? new Real(Numbers.real(input)) : otherwise;
    };
  }

  private static java.util.Optional<Double> parsed(Text text) {
    try {
      return java.util.Optional.of(Double.parseDouble(text.toString().strip()));
    } catch (NumberFormatException noNumber) {
      return java.util.Optional.empty();
    }
  }

  private static Value magnitude(Value input) {
    if (!Numbers.is(input)) {
      throw new ChatTemplateException(Kinds.name(input) + " has no absolute value");
    }
    return Numbers.compare(input, new Whole(0)) < 0
        ? Numbers.negate(input)
        : Numbers.compute("+", input, new Whole(0));
  }

  private static Value rounded(Value input, Arguments arguments) {
    if (!Numbers.is(input)) {
      throw new ChatTemplateException(Kinds.name(input) + " cannot be rounded");
    }
    int digits = Math.clamp(arguments.whole(0, "precision", 0), -20, 20);
    RoundingMode mode =
        switch (arguments.text(1, "method", "common")) {
          case "ceil" -> RoundingMode.CEILING;
          case "floor" -> RoundingMode.FLOOR;
          default -> RoundingMode.HALF_EVEN;
        };
    double value = Numbers.real(input);
    return Double.isFinite(value)
        ? new Real(new BigDecimal(value).setScale(digits, mode).doubleValue())
        : input;
  }
}
