package dev.chasqui.engine.grammar;

import dev.chasqui.engine.grammar.Json.Elements;
import dev.chasqui.engine.grammar.Json.Members;
import dev.chasqui.engine.grammar.Json.Numeric;
import dev.chasqui.engine.grammar.Json.Text;
import dev.chasqui.engine.grammar.Json.Truth;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Joins schemas that must all hold into one that says the same: what {@code allOf} means, and
 * keywords beside {@code $ref}, {@code anyOf} or {@code oneOf}. What cannot be said in one schema
 * is refused.
 */
final class SchemaJoin {

  /** This very list stands for a keyword that no value satisfies. */
  private static final Json NOTHING = new Elements(List.of());

  private static final int DEEPEST = 50;
  private static final int MOST_OPTIONS = 64;
  private static final Set<String> GREATEST =
      Set.of("minimum", "exclusiveMinimum", "minLength", "minItems");
  private static final Set<String> LEAST =
      Set.of("maximum", "exclusiveMaximum", "maxLength", "maxItems");
  private static final List<String> OBJECT =
      List.of("properties", "additionalProperties", "patternProperties");

  private final UnaryOperator<Json> dereferenced;
  private final SchemaPath path;
  private int depth;

  /**
   * Prepares to join.
   *
   * @param path where the schemas stand, for messages
   * @param dereferenced follows references
   */
  SchemaJoin(SchemaPath path, UnaryOperator<Json> dereferenced) {
    this.path = path;
    this.dereferenced = dereferenced;
  }

  /** Returns one schema that says what all of them say. */
  Json all(List<Json> schemas) {
    Json joined = new Truth(true);
    for (Json schema : schemas) {
      joined = both(joined, schema);
    }
    return joined;
  }

  /** Returns what a schema says without {@code $ref} and {@code allOf} at its top. */
  private Json flat(Json schema) {
    if (!(schema instanceof Members(Map<String, Json> keywords))
        || !keywords.containsKey("$ref") && !keywords.containsKey("allOf")) {
      return schema;
    }
    Map<String, Json> rest = new LinkedHashMap<>(keywords);
    List<Json> parts = new ArrayList<>();
    if (rest.remove("$ref") instanceof Text target) {
      parts.add(dereferenced.apply(new Members(Map.of("$ref", target))));
    }
    if (rest.remove("allOf") instanceof Elements(List<Json> schemas)) {
      parts.addAll(schemas);
    }
    parts.add(new Members(rest));
    return all(parts);
  }

  private Json both(Json one, Json other) {
    if (++depth > DEEPEST) {
      throw path.unsupported("a join of schemas that refer to themselves");
    }
    Json first = flat(one);
    Json second = flat(other);
    depth--;
    if (first instanceof Truth(boolean any)) {
      return any ? second : first;
    }
    if (second instanceof Truth(boolean any)) {
      return any ? first : second;
    }
    if (first instanceof Members(Map<String, Json> left)
        && second instanceof Members(Map<String, Json> right)) {
      Map<String, Json> keywords = keywords(left, right);
      return keywords.values().stream().anyMatch(value -> value == NOTHING)
          ? new Truth(false)
          : new Members(keywords);
    }
    throw path.invalid("a schema that is neither an object nor true nor false");
  }

  private Map<String, Json> keywords(Map<String, Json> left, Map<String, Json> right) {
    Map<String, Json> joined = new LinkedHashMap<>(left);
    right.forEach((keyword, value) -> {
      Json own = left.get(keyword);
      if (own == null || own.equals(value)) {
        joined.put(keyword, value);
      } else if (!OBJECT.contains(keyword) && !SchemaNode.isAnnotation(keyword)) {
        joined.put(keyword, joined(keyword, own, value));
      }
    });
    if (OBJECT.stream().anyMatch(left::containsKey)
        && OBJECT.stream().anyMatch(right::containsKey)) {
      objects(left, right, joined);
    }
    return joined;
  }

  private Json joined(String keyword, Json own, Json value) {
    if (GREATEST.contains(keyword) || LEAST.contains(keyword)) {
      return bound(keyword, own, value);
    }
    return switch (keyword) {
      case "type" -> types(own, value);
      case "required" -> new Elements(united(list(keyword, own), list(keyword, value)));
      case "enum" -> {
        List<Json> common = new ArrayList<>(list(keyword, own));
        common.retainAll(list(keyword, value));
        yield some(common);
      }
      case "items" -> both(own, value);
      case "anyOf", "oneOf" -> pairs(list(keyword, own), list(keyword, value));
      case "const" -> NOTHING;
      default ->
          throw path.at(keyword)
              .unsupported("%s and %s, which must both hold".formatted(shown(own), shown(value)));
    };
  }

  private Json bound(String keyword, Json own, Json value) {
    if (own instanceof Numeric(BigDecimal first) && value instanceof Numeric(BigDecimal second)) {
      return new Numeric(GREATEST.contains(keyword) ? first.max(second) : first.min(second));
    }
    throw path.at(keyword).invalid("no number");
  }

  private Json types(Json own, Json value) {
    Set<String> first = names(own);
    Set<String> second = names(value);
    List<Json> common = new ArrayList<>();
    for (String type : first) {
      boolean whole = type.equals("integer") && second.contains("number");
      if (whole || second.contains(type)) {
        common.add(new Text(type));
      } else if (type.equals("number") && second.contains("integer")) {
        common.add(new Text("integer"));
      }
    }
    return some(common);
  }

  private static Json some(List<Json> values) {
    return values.isEmpty() ? NOTHING : new Elements(values);
  }

  private Set<String> names(Json types) {
    Set<String> names = new LinkedHashSet<>();
    List<Json> list = types instanceof Elements(List<Json> several) ? several : List.of(types);
    for (Json type : list) {
      if (!(type instanceof Text(String name))) {
        throw path.at("type").invalid("neither a string nor an array of strings");
      }
      names.add(name);
    }
    return names;
  }

  private Json pairs(List<Json> own, List<Json> others) {
    if (own.size() * (long) others.size() > MOST_OPTIONS) {
      throw path.unsupported("a join of more than %d options".formatted(MOST_OPTIONS));
    }
    List<Json> pairs = new ArrayList<>();
    own.forEach(one -> others.forEach(other -> pairs.add(both(one, other))));
    return new Elements(pairs);
  }

  /** What one schema says of names that it does not list, it says of the other's names too. */
  private void objects(Map<String, Json> left, Map<String, Json> right, Map<String, Json> joined) {
    if (left.containsKey("patternProperties") || right.containsKey("patternProperties")) {
      throw path.at("patternProperties").unsupported("joined with other rules for members");
    }
    Map<String, Json> properties = new LinkedHashMap<>();
    Set<String> names = new LinkedHashSet<>(members(left).keySet());
    names.addAll(members(right).keySet());
    Json additional = new Truth(true);
    for (String name : names) {
      properties.put(
          name,
          both(
              members(left)
                  .getOrDefault(name, left.getOrDefault("additionalProperties", additional)),
              members(right)
                  .getOrDefault(name, right.getOrDefault("additionalProperties", additional))));
    }
    joined.put("properties", new Members(properties));
    if (left.containsKey("additionalProperties") && right.containsKey("additionalProperties")) {
      joined.put(
          "additionalProperties",
          both(left.get("additionalProperties"), right.get("additionalProperties")));
    }
  }

  private Map<String, Json> members(Map<String, Json> schema) {
    return switch (schema.get("properties")) {
      case null -> Map.of();
      case Members(Map<String, Json> properties) -> properties;
      default -> throw path.at("properties").invalid("no object");
    };
  }

  private List<Json> list(String keyword, Json value) {
    if (value instanceof Elements(List<Json> elements)) {
      return elements;
    }
    throw path.at(keyword).invalid("no array");
  }

  private static List<Json> united(List<Json> one, List<Json> other) {
    Set<Json> all = new LinkedHashSet<>(one);
    all.addAll(other);
    return List.copyOf(all);
  }

  private static String shown(Json value) {
    String text = value.text();
    return text.length() > 60 ? text.substring(0, 60) + "…" : text;
  }
}
