package dev.chasqui.engine.grammar;

import dev.chasqui.engine.grammar.Json.Members;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Makes sure that no value fits two of several schemas, as {@code oneOf} demands: their types
 * differ, or their given values do, or those of a member that both require.
 */
final class Disjoint {

  private final UnaryOperator<Json> dereferenced;

  private Disjoint(UnaryOperator<Json> dereferenced) {
    this.dereferenced = dereferenced;
  }

  static void check(List<Json> schemas, SchemaPath path, UnaryOperator<Json> dereferenced) {
    Disjoint disjoint = new Disjoint(dereferenced);
    for (int i = 0; i < schemas.size(); i++) {
      for (int j = 0; j < i; j++) {
        if (!disjoint.differ(schemas.get(i), schemas.get(j))) {
          throw path.unsupported(
              "a list whose schemas %d and %d may fit the same value; anyOf says what is meant"
                  .formatted(j, i));
        }
      }
    }
  }

  private boolean differ(Json one, Json other) {
    if (!(dereferenced.apply(one) instanceof Members(Map<String, Json> first))
        || !(dereferenced.apply(other) instanceof Members(Map<String, Json> second))) {
      return false;
    }
    return apart(types(first), types(second))
        || apart(given(first), given(second))
        || members(first, second);
  }

  private boolean members(Map<String, Json> first, Map<String, Json> second) {
    Set<String> both = required(first);
    both.retainAll(required(second));
    return both.stream()
        .anyMatch(name -> {
          Optional<Json> one = property(first, name);
          Optional<Json> other = property(second, name);
          return one.isPresent() && other.isPresent() && differ(one.get(), other.get());
        });
  }

  private static Set<String> required(Map<String, Json> schema) {
    Set<String> names = new HashSet<>();
    if (schema.get("required") instanceof Json.Elements(List<Json> elements)) {
      elements.forEach(name -> names.add(name instanceof Json.Text(String text) ? text : ""));
    }
    return names;
  }

  private static Optional<Json> property(Map<String, Json> schema, String name) {
    return schema.get("properties") instanceof Members(Map<String, Json> properties)
        ? Optional.ofNullable(properties.get(name))
        : Optional.empty();
  }

  private static boolean apart(Optional<Set<String>> one, Optional<Set<String>> other) {
    if (one.isEmpty() || other.isEmpty()) {
      return false;
    }
    return one.get().stream().noneMatch(other.get()::contains);
  }

  private static Optional<Set<String>> types(Map<String, Json> schema) {
    Set<String> types = new HashSet<>();
    switch (schema.get("type")) {
      case Json.Text(String type) -> types.add(type);
      case Json.Elements(List<Json> elements) ->
          elements.forEach(type -> types.add(type instanceof Json.Text(String text) ? text : ""));
      case null, default -> {
        return Optional.empty();
      }
    }
    if (types.contains("number")) {
      types.add("integer");
    }
    return Optional.of(types);
  }

  private static Optional<Set<String>> given(Map<String, Json> schema) {
    Set<String> values = new HashSet<>();
    if (schema.containsKey("const")) {
      values.add(schema.get("const").text());
    } else if (schema.get("enum") instanceof Json.Elements(List<Json> elements)) {
      elements.forEach(value -> values.add(value.text()));
    } else {
      return Optional.empty();
    }
    return Optional.of(values);
  }
}
