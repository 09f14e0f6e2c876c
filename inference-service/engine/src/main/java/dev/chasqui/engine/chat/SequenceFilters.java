package dev.chasqui.engine.chat;

import dev.chasqui.engine.chat.Filters.Filter;
import dev.chasqui.engine.chat.Value.Items;
import dev.chasqui.engine.chat.Value.Text;
import dev.chasqui.engine.chat.Value.Undefined;
import dev.chasqui.engine.chat.Value.Whole;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Filters over the elements of a list, the keys of a dictionary or the characters of a text. */
final class SequenceFilters {

  private SequenceFilters() {}

  static Optional<Filter> named(String name) {
    return Optional.ofNullable(
        switch (name) {
          case "join" -> SequenceFilters::join;
          case "first" -> (input, arguments, run) -> at(input, 0, run);
          case "last" -> (input, arguments, run) -> at(input, -1, run);
          case "reverse" -> SequenceFilters::reverse;
          case "sort" -> SequenceFilters::sort;
          case "dictsort" -> SequenceFilters::sortEntries;
          case "unique" -> SequenceFilters::unique;
          case "sum" -> SequenceFilters::sum;
          case "min" -> (input, arguments, run) -> extreme(input, run, order(false));
          case "max" -> (input, arguments, run) -> extreme(input, run, order(false).reversed());
          default -> null;
        });
  }

  private static Value join(Value input, Arguments arguments, Evaluator run) {
    MarkedChars separator =
        arguments
            .get(0, "d")
            .map(value -> Printer.text(value, run.budget()).chars())
            .orElse(MarkedChars.EMPTY);
    Value elements =
        arguments
            .get(1, "attribute")
            .<Value>map(path -> attributes(input, Printer.plain(path), run))
            .orElse(input);
    return Sequences.join(elements, separator, run);
  }

  private static Items attributes(Value input, String path, Evaluator run) {
    return Items.list(
        Sequences.of(input, run.budget()).stream()
            .map(element -> Sequences.attribute(element, path, run.budget()))
            .toList());
  }

  private static Value at(Value input, int index, Evaluator run) {
    List<Value> elements = Sequences.of(input, run.budget());
    return elements.isEmpty()
        ? new Undefined("an element of an empty list")
        : index < 0 ? elements.getLast() : elements.getFirst();
  }

  private static Value reverse(Value input, Arguments arguments, Evaluator run) {
    List<Value> elements = Sequences.of(input, run.budget()).reversed();
    return input instanceof Text
        ? Sequences.join(Items.list(elements), MarkedChars.EMPTY, run)
        : Items.list(elements);
  }

  private static Value sort(Value input, Arguments arguments, Evaluator run) {
    Comparator<Value> order = order(arguments.flag(1, "case_sensitive"));
    Optional<String> attribute = arguments.get(2, "attribute").map(Printer::plain);
    Comparator<Value> byKey =
        attribute.isEmpty()
            ? order
            : Comparator.comparing(
                element -> Sequences.attribute(element, attribute.get(), run.budget()), order);
    List<Value> sorted = new ArrayList<>(Sequences.of(input, run.budget()));
    sorted.sort(arguments.flag(0, "reverse") ? byKey.reversed() : byKey);
    return Items.list(sorted);
  }

  private static Value sortEntries(Value input, Arguments arguments, Evaluator run) {
    int by = arguments.text(1, "by", "key").equals("value") ? 1 : 0;
    Comparator<Value> order =
        Comparator.comparing(
            pair -> ((Items) pair).elements().get(by), order(arguments.flag(0, "case_sensitive")));
    Items items = (Items) Filters.named("items").apply(input, Arguments.NONE, run);
    List<Value> sorted = new ArrayList<>(items.elements());
    sorted.sort(arguments.flag(2, "reverse") ? order.reversed() : order);
    return Items.list(sorted);
  }

  private static Comparator<Value> order(boolean caseSensitive) {
    return (left, right) ->
        caseSensitive ? Operators.order(left, right) : Operators.order(folded(left), folded(right));
  }

  private static Value folded(Value value) {
    return value instanceof Text text
        ? Text.scaffold(text.toString().toLowerCase(java.util.Locale.ROOT))
        : value;
  }

  private static Value unique(Value input, Arguments arguments, Evaluator run) {
    Map<Value, Value> found = new LinkedHashMap<>();
    boolean caseSensitive = arguments.flag(0, "case_sensitive");
    for (Value element : Sequences.of(input, run.budget())) {
      found.putIfAbsent(caseSensitive ? element : folded(element), element);
    }
    return Items.list(List.copyOf(found.values()));
  }

  private static Value sum(Value input, Arguments arguments, Evaluator run) {
    Value sum = new Whole(0);
    for (Value element : Sequences.of(input, run.budget())) {
      sum = Operators.compute("+", sum, element, run.budget());
    }
    return sum;
  }

  private static Value extreme(Value input, Evaluator run, Comparator<Value> order) {
    return Sequences.of(input, run.budget()).stream()
        .min(order)
        .orElseGet(() -> new Undefined("an element of an empty list"));
  }
}
