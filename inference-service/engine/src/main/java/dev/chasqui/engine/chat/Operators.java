package dev.chasqui.engine.chat;

import dev.chasqui.engine.api.ChatTemplateException;
import dev.chasqui.engine.chat.Value.Dict;
import dev.chasqui.engine.chat.Value.Items;
import dev.chasqui.engine.chat.Value.Text;
import java.util.ArrayList;
import java.util.List;

/** Operators between two values. */
final class Operators {

  private Operators() {}

  static Value compute(String operator, Value left, Value right, Budget budget) {
    if (operator.equals("~")) {
      return joined(Printer.text(left, budget), Printer.text(right, budget), budget);
    }
    if (Numbers.is(left) && Numbers.is(right)) {
      return Numbers.compute(operator, left, right);
    }
    if (operator.equals("+") && left instanceof Text text && right instanceof Text other) {
      return joined(text, other, budget);
    }
    if (operator.equals("+") && left instanceof Items items && right instanceof Items other) {
      return joined(items, other, budget);
    }
    if (operator.equals("*") && Numbers.is(right) && !(right instanceof Value.Real)) {
      return repeated(left, Arguments.Cast.whole(right), budget);
    }
    if (operator.equals("*") && Numbers.is(left) && !(left instanceof Value.Real)) {
      return repeated(right, Arguments.Cast.whole(left), budget);
    }
    throw new ChatTemplateException(
        "%s %s %s cannot be computed".formatted(Kinds.name(left), operator, Kinds.name(right)));
  }

  static boolean compare(String operator, Value left, Value right, Budget budget) {
    return switch (operator) {
      case "==" -> Truth.equal(left, right, budget);
      case "!=" -> !Truth.equal(left, right, budget);
      case "in" -> contains(right, left, budget);
      case "not in" -> !contains(right, left, budget);
      case "<" -> order(left, right) < 0;
      case "<=" -> order(left, right) <= 0;
      case ">" -> order(left, right) > 0;
      case ">=" -> order(left, right) >= 0;
      default -> throw new ChatTemplateException("the operator " + operator + " is not known");
    };
  }

  static int order(Value left, Value right) {
    if (Numbers.is(left) && Numbers.is(right)) {
      return Numbers.compare(left, right);
    }
    if (left instanceof Text text && right instanceof Text other) {
      return text.toString().compareTo(other.toString());
    }
    throw new ChatTemplateException(
        "%s and %s have no order".formatted(Kinds.name(left), Kinds.name(right)));
  }

  static boolean contains(Value whole, Value part, Budget budget) {
    return switch (whole) {
      case Text text -> {
        budget.scan(text.chars().length());
        yield text.toString().contains(Arguments.Cast.text(part).toString());
      }
      case Dict dict -> dict.entries().containsKey(part);
      case Items items -> {
        yield items.elements().stream().anyMatch(element -> Truth.equal(element, part, budget));
      }
      case Value.Undefined undefined -> false;
      default -> throw new ChatTemplateException(Kinds.name(whole) + " cannot contain anything");
    };
  }

  private static Text joined(Text left, Text right, Budget budget) {
    return new CharsBuilder(budget).append(left.chars()).append(right.chars()).text();
  }

  private static Items joined(Items left, Items right, Budget budget) {
    budget.makeElements((long) left.elements().size() + right.elements().size());
    List<Value> elements = new ArrayList<>(left.elements());
    elements.addAll(right.elements());
    return left.isTuple() ? Items.tuple(elements) : Items.list(elements);
  }

  private static Value repeated(Value value, long times, Budget budget) {
    return switch (value) {
      case Text text -> {
        long longest = Math.clamp(times, 0, Integer.MAX_VALUE);
        budget.make(longest * text.chars().length());
        CharsBuilder out = new CharsBuilder(budget);
        for (long i = 0; i < times && text.chars().length() > 0; i++) {
          out.append(text.chars());
        }
        yield out.text();
      }
      case Items items -> {
        List<Value> elements = new ArrayList<>();
        for (long i = 0; i < times && !items.elements().isEmpty(); i++) {
          budget.makeElements(items.elements().size());
          elements.addAll(items.elements());
        }
        yield Items.list(elements);
      }
      default -> throw new ChatTemplateException(Kinds.name(value) + " cannot be repeated");
    };
  }
}
