package dev.chasqui.engine.chat;

import dev.chasqui.engine.api.ChatTemplateException;
import dev.chasqui.engine.chat.Value.Bool;
import dev.chasqui.engine.chat.Value.Text;
import dev.chasqui.engine.chat.Value.Whole;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The arguments of a call.
 *
 * @param positional in order
 * @param named by name
 */
record Arguments(List<Value> positional, Map<String, Value> named) {

  static final Arguments NONE = new Arguments(List.of(), Map.of());

  /** Returns an argument by position or by name. */
  Optional<Value> get(int index, String name) {
    return index < positional.size()
        ? Optional.of(positional.get(index))
        : Optional.ofNullable(named.get(name));
  }

  Value required(int index, String name) {
    return get(index, name)
        .orElseThrow(() -> new ChatTemplateException("the argument " + name + " is missing"));
  }

  MarkedChars text(int index, String name) {
    return Cast.text(required(index, name)).chars();
  }

  String text(int index, String name, String otherwise) {
    return get(index, name).map(value -> Cast.text(value).toString()).orElse(otherwise);
  }

  long whole(int index, String name, long otherwise) {
    return get(index, name).map(Cast::whole).orElse(otherwise);
  }

  boolean flag(int index, String name) {
    return get(index, name).map(Truth::of).orElse(false);
  }

  /** Returns these without the first ones. */
  Arguments from(int first) {
    return new Arguments(
        positional.subList(Math.min(first, positional.size()), positional.size()), named);
  }

  /** Returns one of the positional arguments, beginning again behind the last. */
  Value cycle(int index) {
    if (positional.isEmpty()) {
      throw new ChatTemplateException("loop.cycle has nothing to go through");
    }
    return positional.get(index % positional.size());
  }

  /** What a value must be. */
  static final class Cast {

    private Cast() {}

    static Text text(Value value) {
      if (value instanceof Text text) {
        return text;
      }
      throw new ChatTemplateException("expected text, found " + Kinds.name(value));
    }

    static long whole(Value value) {
      return switch (value) {
        case Whole whole -> whole.value();
        case Bool bool -> bool.value() ? 1 : 0;
        default ->
            throw new ChatTemplateException("expected a whole number, found " + Kinds.name(value));
      };
    }
  }
}
