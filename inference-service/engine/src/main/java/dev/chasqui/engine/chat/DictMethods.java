package dev.chasqui.engine.chat;

import dev.chasqui.engine.chat.Value.Dict;
import dev.chasqui.engine.chat.Value.Function;
import dev.chasqui.engine.chat.Value.Items;
import java.util.List;
import java.util.Optional;

/** The methods of dictionaries that change nothing. */
final class DictMethods {

  private DictMethods() {}

  static Optional<Function> named(Dict dict, String name) {
    return Optional.<Function.Body>ofNullable(
            switch (name) {
              case "items" -> (arguments, run) -> dict.items();
              case "keys" -> (arguments, run) -> Items.list(List.copyOf(dict.entries().keySet()));
              case "values" -> (arguments, run) -> Items.list(List.copyOf(dict.entries().values()));
              case "get" -> (arguments, run) -> get(dict, arguments);
              default -> null;
            })
        .map(body -> new Function(name, body));
  }

  private static Value get(Dict dict, Arguments arguments) {
    Value value = dict.get(arguments.required(0, "key"));
    return value instanceof Value.Undefined
        ? arguments.get(1, "default").orElse(Value.NONE)
        : value;
  }
}
