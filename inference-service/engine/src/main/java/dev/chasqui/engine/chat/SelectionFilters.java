package dev.chasqui.engine.chat;

import dev.chasqui.engine.chat.Filters.Filter;
import dev.chasqui.engine.chat.Value.Items;
import dev.chasqui.engine.chat.Value.Undefined;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Filters that choose or change each element of a list by a test, attribute or filter. */
final class SelectionFilters {

  private SelectionFilters() {}

  static Optional<Filter> named(String name) {
    return Optional.ofNullable(
        switch (name) {
          case "select" -> (input, arguments, run) -> select(input, arguments, run, true);
          case "reject" -> (input, arguments, run) -> select(input, arguments, run, false);
          case "selectattr" ->
              (input, arguments, run) -> selectByAttribute(input, arguments, run, true);
          case "rejectattr" ->
              (input, arguments, run) -> selectByAttribute(input, arguments, run, false);
          case "map" -> SelectionFilters::map;
          default -> null;
        });
  }

  private static Value select(Value input, Arguments arguments, Evaluator run, boolean wanted) {
    List<Value> selected = new ArrayList<>();
    for (Value element : Sequences.of(input, run.budget())) {
      if (holds(element, arguments, run) == wanted) {
        selected.add(element);
      }
    }
    return Items.list(selected);
  }

  private static Value selectByAttribute(
      Value input, Arguments arguments, Evaluator run, boolean wanted) {
    String path = Printer.plain(arguments.required(0, "attribute"));
    List<Value> selected = new ArrayList<>();
    for (Value element : Sequences.of(input, run.budget())) {
      Value attribute = Sequences.attribute(element, path, run.budget());
      if (holds(attribute, arguments.from(1), run) == wanted) {
        selected.add(element);
      }
    }
    return Items.list(selected);
  }

  /** The first argument names the test; without one the value itself is looked at. */
  private static boolean holds(Value value, Arguments arguments, Evaluator run) {
    return arguments.positional().isEmpty()
        ? Truth.of(value)
        : run.test(arguments.text(0, "test").toString(), value, arguments.from(1));
  }

  private static Value map(Value input, Arguments arguments, Evaluator run) {
    List<Value> mapped = new ArrayList<>();
    for (Value element : Sequences.of(input, run.budget())) {
      mapped.add(mapped(element, arguments, run));
    }
    return Items.list(mapped);
  }

  private static Value mapped(Value element, Arguments arguments, Evaluator run) {
    Value path = arguments.named().get("attribute");
    if (path == null) {
      return run.filter(arguments.text(0, "filter").toString(), element, arguments.from(1));
    }
    Value attribute = Sequences.attribute(element, Printer.plain(path), run.budget());
    Value otherwise = arguments.named().get("default");
    return attribute instanceof Undefined && otherwise != null ? otherwise : attribute;
  }
}
