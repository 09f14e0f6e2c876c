package dev.chasqui.engine.chat;

import dev.chasqui.engine.api.ChatTemplateException;
import dev.chasqui.engine.chat.TextOperations.Ends;
import dev.chasqui.engine.chat.Value.Dict;
import dev.chasqui.engine.chat.Value.Items;
import dev.chasqui.engine.chat.Value.Text;
import dev.chasqui.engine.chat.Value.Undefined;
import dev.chasqui.engine.chat.Value.Whole;

/** Jinja's filters: what may stand behind {@code |}. */
final class Filters {

  private Filters() {}

  /** One filter. */
  @FunctionalInterface
  interface Filter {

    /** Computes what a value becomes. */
    Value apply(Value input, Arguments arguments, Evaluator run);
  }

  static Filter named(String name) {
    return switch (name) {
      case "trim" -> Filters::trim;
      case "upper", "lower", "capitalize" ->
          (input, arguments, run) -> method(input, name, arguments, run);
      case "replace" ->
          (input, arguments, run) ->
              TextMethods.replace(asText(input, run).chars(), arguments, run);
      case "string" -> (input, arguments, run) -> asText(input, run);
      case "safe" -> (input, arguments, run) -> input;
      case "title" -> (input, arguments, run) -> Markup.titled(asText(input, run), run);
      case "escape", "e" -> (input, arguments, run) -> Markup.escaped(asText(input, run), run);
      case "indent" ->
          (input, arguments, run) -> Markup.indented(asText(input, run), arguments, run);
      case "tojson" -> Filters::toJson;
      case "int", "float", "abs", "round" -> NumberFilters.named(name);
      case "default", "d" -> Filters::orDefault;
      case "length", "count" ->
          (input, arguments, run) -> new Whole(Sequences.length(input, run.budget()));
      case "items" -> Filters::items;
      case "list" -> (input, arguments, run) -> Items.list(Sequences.of(input, run.budget()));
      default ->
          SequenceFilters.named(name)
              .or(() -> SelectionFilters.named(name))
              .orElseThrow(() -> new ChatTemplateException("the filter " + name + " is not known"));
    };
  }

  private static Text asText(Value value, Evaluator run) {
    return Printer.text(value, run.budget());
  }

  private static Value trim(Value input, Arguments arguments, Evaluator run) {
    run.budget().scan(asText(input, run).chars().length());
    return new Text(
        TextOperations.strip(
            asText(input, run).chars(),
            Ends.BOTH,
            TextMethods.stripped(arguments.get(0, "chars"))));
  }

  private static Value method(Value input, String name, Arguments arguments, Evaluator run) {
    return run.call(Access.attribute(asText(input, run), name), arguments);
  }

  private static Value orDefault(Value input, Arguments arguments, Evaluator run) {
    boolean missing =
        input instanceof Undefined || arguments.flag(1, "boolean") && !Truth.of(input);
    return missing
        ? arguments.get(0, "default_value").orElseGet(() -> new Text(MarkedChars.EMPTY))
        : input;
  }

  private static Value items(Value input, Arguments arguments, Evaluator run) {
    return switch (input) {
      case Dict dict -> dict.items();
      case Undefined undefined -> Items.tuple();
      default -> throw new ChatTemplateException(Kinds.name(input) + " has no items");
    };
  }

  private static Value toJson(Value input, Arguments arguments, Evaluator run) {
    String indent =
        arguments
            .get(1, "indent")
            .filter(value -> !(value instanceof Value.None))
            .map(Filters::indent)
            .orElse("");
    JsonWriter.Layout layout =
        new JsonWriter.Layout(
            indent,
            separator(arguments, 0, indent.isEmpty() ? ", " : ",", run),
            separator(arguments, 1, ": ", run),
            arguments.flag(0, "ensure_ascii"),
            arguments.flag(3, "sort_keys"));
    CharsBuilder out = run.builder();
    new JsonWriter(out, layout).write(input, 0);
    return out.text();
  }

  private static String indent(Value indent) {
    return indent instanceof Text text
        ? text.toString()
        : " ".repeat(Math.clamp(Arguments.Cast.whole(indent), 0, 16));
  }

  private static String separator(Arguments arguments, int index, String otherwise, Evaluator run) {
    return arguments
        .get(2, "separators")
        .filter(value -> !(value instanceof Value.None))
        .map(value -> Access.item(value, new Whole(index), run.budget()))
        .map(Printer::plain)
        .orElse(otherwise);
  }
}
