package dev.chasqui.engine.chat;

import dev.chasqui.engine.api.ChatTemplateException;
import dev.chasqui.engine.chat.Value.Dict;
import dev.chasqui.engine.chat.Value.Items;
import dev.chasqui.engine.chat.Value.Text;
import dev.chasqui.engine.chat.Value.Undefined;
import java.util.List;

/**
 * Attributes and elements of values: keys, positions, and the few methods that templates use.
 * Nothing else of Java or Python can be reached.
 */
final class Access {

  private Access() {}

  /** {@code target.name}: a method before a key, as in Jinja. */
  static Value attribute(Value target, String name) {
    return switch (target) {
      case Undefined undefined -> throw undefined(undefined, name);
      case Text text ->
          TextMethods.named(text, name).<Value>map(method -> method).orElseGet(() -> missing(name));
      case Dict dict ->
          DictMethods.named(dict, name)
              .<Value>map(method -> method)
              .orElseGet(() -> dict.get(name));
      case Value.Loop loop -> loop.attribute(name);
      case Value.Namespace namespace -> namespace.attributes.getOrDefault(name, missing(name));
      default -> missing(name);
    };
  }

  /** {@code target[key]}: a key before a method, as in Jinja. */
  static Value item(Value target, Value key, Budget budget) {
    return switch (target) {
      case Undefined undefined -> throw undefined(undefined, Printer.plain(key));
      case Dict dict -> {
        Value value = dict.get(key);
        yield value instanceof Undefined && key instanceof Text text
            ? DictMethods.named(dict, text.toString()).<Value>map(method -> method).orElse(value)
            : value;
      }
      case Items items when isPosition(key) -> element(items.elements(), Arguments.Cast.whole(key));
      case Text text when isPosition(key) -> character(text, Arguments.Cast.whole(key), budget);
      default ->
          key instanceof Text text
              ? attribute(target, text.toString())
              : missing(Printer.plain(key));
    };
  }

  private static boolean isPosition(Value key) {
    return Numbers.is(key) && !(key instanceof Value.Real);
  }

  private static Value element(List<Value> elements, long position) {
    long index = position < 0 ? position + elements.size() : position;
    return index < 0 || index >= elements.size()
        ? new Undefined("element " + position)
        : elements.get((int) index);
  }

  private static Value character(Text text, long position, Budget budget) {
    String chars = text.toString();
    budget.scan(chars.length());
    int length = chars.codePointCount(0, chars.length());
    long index = position < 0 ? position + length : position;
    if (index < 0 || index >= length) {
      return new Undefined("character " + position);
    }
    int start = chars.offsetByCodePoints(0, (int) index);
    return new Text(text.chars().slice(start, chars.offsetByCodePoints(start, 1)));
  }

  private static Value missing(String name) {
    return new Undefined(name);
  }

  private static ChatTemplateException undefined(Undefined undefined, String name) {
    return new ChatTemplateException(
        "%s is not defined and has no %s".formatted(undefined.what(), name));
  }
}
