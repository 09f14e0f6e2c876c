package dev.chasqui.engine.chat;

import dev.chasqui.engine.api.ChatTemplateException;
import dev.chasqui.engine.chat.Value.Dict;
import dev.chasqui.engine.chat.Value.Items;
import dev.chasqui.engine.chat.Value.Text;
import java.util.ArrayList;
import java.util.List;

/** Values as sequences of others. */
final class Sequences {

  private Sequences() {}

  /** Returns what a loop over a value goes through: elements, keys or characters. */
  static List<Value> of(Value value, Budget budget) {
    return switch (value) {
      case Items items -> {
        budget.scanElements(items.elements().size());
        yield items.elements();
      }
      case Dict dict -> List.copyOf(dict.entries().keySet());
      case Text text -> characters(text.chars(), budget);
      case Value.Undefined undefined -> List.of();
      default -> throw new ChatTemplateException(Kinds.name(value) + " cannot be gone through");
    };
  }

  /** Returns how many elements, keys or characters a value has. */
  static int length(Value value, Budget budget) {
    return switch (value) {
      case Items items -> items.elements().size();
      case Dict dict -> dict.entries().size();
      case Text text -> {
        budget.scan(text.chars().length());
        yield CodePoints.count(text.chars());
      }
      case Value.Undefined undefined -> 0;
      default -> throw new ChatTemplateException(Kinds.name(value) + " has no length");
    };
  }

  static Text join(Value elements, MarkedChars separator, Evaluator run) {
    CharsBuilder out = run.builder();
    boolean first = true;
    for (Value element : of(elements, run.budget())) {
      if (!first) {
        out.append(separator);
      }
      out.append(Printer.text(element, run.budget()).chars());
      first = false;
    }
    return out.text();
  }

  /** Follows a path of keys with dots between them, as {@code selectattr} does. */
  static Value attribute(Value value, String path, Budget budget) {
    Value attribute = value;
    for (String name : path.split("\\.", -1)) {
      boolean position =
          !name.isEmpty() && name.length() < 10 && name.chars().allMatch(Character::isDigit);
      Value key = position ? new Value.Whole(Long.parseLong(name)) : Text.scaffold(name);
      attribute = Access.item(attribute, key, budget);
    }
    return attribute;
  }

  private static List<Value> characters(MarkedChars chars, Budget budget) {
    budget.makeElements(chars.length());
    int[] starts = CodePoints.starts(chars.toString());
    List<Value> characters = new ArrayList<>(starts.length);
    for (int i = 0; i + 1 < starts.length; i++) {
      characters.add(new Text(chars.slice(starts[i], starts[i + 1])));
    }
    return characters;
  }
}
