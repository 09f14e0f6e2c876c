package dev.chasqui.engine.chat;

import dev.chasqui.engine.api.ChatTemplateException;
import dev.chasqui.engine.chat.Value.Bool;
import dev.chasqui.engine.chat.Value.Dict;
import dev.chasqui.engine.chat.Value.Items;
import dev.chasqui.engine.chat.Value.Text;
import dev.chasqui.engine.chat.Value.Undefined;
import dev.chasqui.engine.chat.Value.Whole;
import java.util.Locale;

/** Jinja's tests: what may stand behind {@code is}. */
final class Predicates {

  private Predicates() {}

  /** One test. */
  @FunctionalInterface
  interface Predicate {

    /** Returns whether it holds of a value. */
    boolean holds(Value value, Arguments arguments, Budget budget);
  }

  static Predicate named(String name) {
    return switch (name) {
      case "defined" -> (value, arguments, budget) -> !(value instanceof Undefined);
      case "undefined" -> (value, arguments, budget) -> value instanceof Undefined;
      case "none" -> (value, arguments, budget) -> value instanceof Value.None;
      case "string" -> (value, arguments, budget) -> value instanceof Text;
      case "mapping" -> (value, arguments, budget) -> value instanceof Dict;
      case "sequence", "iterable" ->
          (value, arguments, budget) ->
              value instanceof Text
                  || value instanceof Items
                  || value instanceof Dict
                  || value instanceof Undefined;
      case "boolean" -> (value, arguments, budget) -> value instanceof Bool;
      case "true" -> (value, arguments, budget) -> value.equals(Value.TRUE);
      case "false" -> (value, arguments, budget) -> value.equals(Value.FALSE);
      case "integer" -> (value, arguments, budget) -> value instanceof Whole;
      case "float" -> (value, arguments, budget) -> value instanceof Value.Real;
      case "number" -> (value, arguments, budget) -> Numbers.is(value);
      case "callable" -> (value, arguments, budget) -> value instanceof Value.Function;
      case "odd" ->
          (value, arguments, budget) -> Math.floorMod(Arguments.Cast.whole(value), 2L) == 1;
      case "even" ->
          (value, arguments, budget) -> Math.floorMod(Arguments.Cast.whole(value), 2L) == 0;
      case "divisibleby" -> Predicates::isDivisible;
      case "lower" -> (value, arguments, budget) -> isLower(Printer.plain(value));
      case "upper" -> (value, arguments, budget) -> isUpper(Printer.plain(value));
      case "in" ->
          (value, arguments, budget) ->
              Operators.contains(arguments.required(0, "seq"), value, budget);
      default -> comparison(name);
    };
  }

  private static Predicate comparison(String name) {
    String operator =
        switch (name) {
          case "eq", "equalto", "==", "sameas" -> "==";
          case "ne", "!=" -> "!=";
          case "lt", "lessthan", "<" -> "<";
          case "le", "<=" -> "<=";
          case "gt", "greaterthan", ">" -> ">";
          case "ge", ">=" -> ">=";
          default -> throw new ChatTemplateException("the test " + name + " is not known");
        };
    return (value, arguments, budget) ->
        Operators.compare(operator, value, arguments.required(0, "other"), budget);
  }

  private static boolean isDivisible(Value value, Arguments arguments, Budget budget) {
    long by = arguments.whole(0, "num", 1);
    if (by == 0) {
      throw new ChatTemplateException("divisibleby 0 has no meaning");
    }
    return Arguments.Cast.whole(value) % by == 0;
  }

  private static boolean isLower(String text) {
    return text.equals(text.toLowerCase(Locale.ROOT))
        && !text.equals(text.toUpperCase(Locale.ROOT));
  }

  private static boolean isUpper(String text) {
    return text.equals(text.toUpperCase(Locale.ROOT))
        && !text.equals(text.toLowerCase(Locale.ROOT));
  }
}
