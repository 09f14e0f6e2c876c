package dev.chasqui.engine.chat;

import dev.chasqui.engine.api.ChatTemplateException;
import dev.chasqui.engine.chat.Value.Dict;
import dev.chasqui.engine.chat.Value.Function;
import dev.chasqui.engine.chat.Value.Items;
import dev.chasqui.engine.chat.Value.Namespace;
import dev.chasqui.engine.chat.Value.Text;
import dev.chasqui.engine.chat.Value.Whole;
import java.time.Clock;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The functions that every template may call. */
final class Globals {

  private static final long LONGEST_RANGE = 100_000;

  private Globals() {}

  static void define(Scope scope, Clock clock) {
    define(scope, "range", (arguments, run) -> range(arguments, run.budget()));
    define(scope, "namespace", (arguments, run) -> namespace(arguments));
    define(scope, "dict", (arguments, run) -> dict(arguments));
    define(scope, "raise_exception", (arguments, run) -> refuse(arguments));
    define(scope, "strftime_now", (arguments, run) -> now(arguments, clock));
  }

  private static void define(Scope scope, String name, Function.Body body) {
    scope.set(name, new Function(name, body));
  }

  private static Value range(Arguments arguments, Budget budget) {
    boolean single = arguments.positional().size() == 1;
    long start = single ? 0 : arguments.whole(0, "start", 0);
    long stop = arguments.whole(single ? 0 : 1, "stop", 0);
    long step = arguments.whole(2, "step", 1);
    if (step == 0) {
      throw new ChatTemplateException("range has a step of 0");
    }
    List<Value> elements = new ArrayList<>();
    for (long at = start; step > 0 ? at < stop : at > stop; at += step) {
      if (elements.size() == LONGEST_RANGE) {
        throw new ChatTemplateException("range has more than %d elements".formatted(LONGEST_RANGE));
      }
      elements.add(new Whole(at));
    }
    budget.makeElements(elements.size());
    return Items.list(elements);
  }

  private static Value namespace(Arguments arguments) {
    Namespace namespace = new Namespace();
    arguments
        .get(0, "mapping")
        .ifPresent(value ->
            ((Dict) expectDict(value))
                .entries()
                .forEach((key, entry) -> namespace.attributes.put(Printer.plain(key), entry)));
    namespace.attributes.putAll(arguments.named());
    return namespace;
  }

  private static Value expectDict(Value value) {
    if (value instanceof Dict) {
      return value;
    }
    throw new ChatTemplateException("namespace was given " + Kinds.name(value));
  }

  private static Value dict(Arguments arguments) {
    Map<Value, Value> entries = new LinkedHashMap<>();
    arguments.named().forEach((name, value) -> entries.put(Text.scaffold(name), value));
    return Dict.of(entries);
  }

  private static Value refuse(Arguments arguments) {
    throw new ChatTemplateException(
        "the chat template refuses the conversation: "
            + Printer.plain(arguments.required(0, "message")));
  }

  private static Value now(Arguments arguments, Clock clock) {
    String format = arguments.text(0, "format").toString();
    return Text.scaffold(Strftime.format(format, ZonedDateTime.now(clock)));
  }
}
