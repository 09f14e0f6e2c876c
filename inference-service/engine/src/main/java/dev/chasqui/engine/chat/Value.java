package dev.chasqui.engine.chat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a template computes with: the few kinds of Python values that templates know. */
sealed interface Value {

  /** Python's None. */
  Value NONE = new None();

  /** Python's True. */
  Value TRUE = new Bool(true);

  /** Python's False. */
  Value FALSE = new Bool(false);

  /** Characters with their origins. */
  record Text(MarkedChars chars) implements Value {

    static Text scaffold(String chars) {
      return new Text(MarkedChars.scaffold(chars));
    }

    @Override
    public String toString() {
      return chars.toString();
    }
  }

  /** A whole number. */
  record Whole(long value) implements Value {}

  /** A floating-point number. */
  record Real(double value) implements Value {}

  /** A truth value. */
  record Bool(boolean value) implements Value {}

  /** Nothing. */
  record None() implements Value {}

  /**
   * A variable, key or attribute that is not there.
   *
   * @param what its name, for messages
   */
  record Undefined(String what) implements Value {}

  /**
   * A list or a tuple.
   *
   * @param elements in order
   * @param isTuple whether it is written with round brackets
   * @param depth how deep it is nested, 1 without lists or dictionaries in it
   */
  record Items(List<Value> elements, boolean isTuple, int depth) implements Value {

    static Items list(List<Value> elements) {
      return new Items(List.copyOf(elements), false, Nesting.depthOver(elements));
    }

    static Items tuple(Value... elements) {
      return tuple(List.of(elements));
    }

    static Items tuple(List<Value> elements) {
      return new Items(List.copyOf(elements), true, Nesting.depthOver(elements));
    }
  }

  /**
   * A dictionary; its keys keep their order.
   *
   * @param entries key to value
   * @param depth how deep it is nested, 1 without lists or dictionaries in it
   */
  record Dict(Map<Value, Value> entries, int depth) implements Value {

    static Dict of(Map<Value, Value> entries) {
      return new Dict(new LinkedHashMap<>(entries), Nesting.depthOver(entries.values()));
    }

    Value get(Value key) {
      Value value = entries.get(key);
      return value == null ? new Undefined(Printer.plain(key)) : value;
    }

    Value get(String key) {
      return get(Text.scaffold(key));
    }

    /** Returns the pairs of key and value as tuples. */
    Items items() {
      List<Value> pairs = new ArrayList<>(entries.size());
      entries.forEach((key, value) -> pairs.add(Items.tuple(key, value)));
      return Items.list(pairs);
    }
  }

  /** Variables that a loop may change for those around it: {@code namespace(…)}. */
  final class Namespace implements Value {

    final Map<String, Value> attributes = new LinkedHashMap<>();
  }

  /** The variable {@code loop}. */
  record Loop(List<Value> elements, int index) implements Value {

    Value attribute(String name) {
      int length = elements.size();
      return switch (name) {
        case "index" -> new Whole(index + 1L);
        case "index0" -> new Whole(index);
        case "revindex" -> new Whole((long) length - index);
        case "revindex0" -> new Whole(length - index - 1L);
        case "first" -> new Bool(index == 0);
        case "last" -> new Bool(index == length - 1);
        case "length" -> new Whole(length);
        case "previtem" -> index > 0 ? elements.get(index - 1) : new Undefined("previtem");
        case "nextitem" -> index < length - 1 ? elements.get(index + 1) : new Undefined("nextitem");
        case "cycle" -> new Function("cycle", (arguments, run) -> arguments.cycle(index));
        default -> new Undefined("loop." + name);
      };
    }
  }

  /** A function, method or macro. */
  record Function(String name, Body body) implements Value {

    /** What a function does. */
    @FunctionalInterface
    interface Body {

      /** Computes the result. */
      Value call(Arguments arguments, Evaluator run);
    }
  }
}
