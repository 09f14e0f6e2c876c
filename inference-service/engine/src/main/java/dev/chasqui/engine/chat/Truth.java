package dev.chasqui.engine.chat;

import dev.chasqui.engine.chat.Value.Dict;
import dev.chasqui.engine.chat.Value.Items;

/** When a value counts as true, and when two are equal, as in Python. */
final class Truth {

  private Truth() {}

  static boolean of(Value value) {
    return switch (value) {
      case Value.Text text -> text.chars().length() > 0;
      case Value.Whole whole -> whole.value() != 0;
      case Value.Real real -> real.value() != 0;
      case Value.Bool bool -> bool.value();
      case Value.None none -> false;
      case Value.Undefined undefined -> false;
      case Items items -> !items.elements().isEmpty();
      case Dict dict -> !dict.entries().isEmpty();
      case Value.Namespace namespace -> true;
      case Value.Loop loop -> true;
      case Value.Function function -> true;
    };
  }

  static boolean equal(Value left, Value right, Budget budget) {
    budget.scan(1);
    if (Numbers.is(left) && Numbers.is(right)) {
      return Numbers.compare(left, right) == 0;
    }
    return switch (left) {
      case Items items -> right instanceof Items other && equal(items, other, budget);
      case Dict dict -> right instanceof Dict other && equal(dict, other, budget);
      case Value.Undefined undefined -> right instanceof Value.Undefined;
      case Value.Text text -> {
        budget.scan(text.chars().length());
        yield left.equals(right);
      }
      default -> left.equals(right);
    };
  }

  private static boolean equal(Items left, Items right, Budget budget) {
    if (left.isTuple() != right.isTuple() || left.elements().size() != right.elements().size()) {
      return false;
    }
    for (int i = 0; i < left.elements().size(); i++) {
      if (!equal(left.elements().get(i), right.elements().get(i), budget)) {
        return false;
      }
    }
    return true;
  }

  private static boolean equal(Dict left, Dict right, Budget budget) {
    return left.entries().size() == right.entries().size()
        && left.entries().entrySet().stream()
            .allMatch(entry -> {
              Value other = right.entries().get(entry.getKey());
              return other != null && equal(entry.getValue(), other, budget);
            });
  }
}
