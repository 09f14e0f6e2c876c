package dev.chasqui.engine.grammar;

import dev.chasqui.engine.api.InvalidRequestException;
import dev.chasqui.engine.grammar.Json.Members;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Makes rules of a JSON schema (draft 2020-12): every text that they derive is JSON that the schema
 * admits. Of what it admits some is left out: members come in the order of {@code properties},
 * further ones only where {@code additionalProperties} says so, and all of {@code prefixItems}
 * come.
 */
final class SchemaCompiler {

  private static final Set<String> TYPES =
      Set.of("object", "array", "string", "number", "integer", "boolean", "null");
  private static final int DEEPEST = 100;

  private final Json root;
  private final Map<String, Expression> rules = new LinkedHashMap<>();
  private int depth;
  private int parts;

  private SchemaCompiler(Json root) {
    this.root = root;
  }

  /**
   * Compiles a schema.
   *
   * @throws InvalidRequestException if it is faulty, impossible, too large, or uses what is not
   *     supported; the message names the path in the schema
   */
  static Rules compile(String schema) {
    SchemaCompiler compiler = new SchemaCompiler(Json.read(schema));
    compiler.rules.put(Rules.ROOT, new Expression.Rule(SchemaPath.ROOT.pointer()));
    compiler.referred(SchemaPath.ROOT);
    return JsonGrammar.rules(compiler.rules);
  }

  /** Returns the values that a schema admits. */
  Expression value(Json schema, SchemaPath path) {
    if (++depth > DEEPEST) {
      throw path.unsupported("nested more than %d deep".formatted(DEEPEST));
    }
    Expression value =
        switch (schema) {
          case Json.Truth(boolean any) when any -> JsonGrammar.VALUE;
          case Json.Truth no -> throw path.impossible("false admits nothing");
          case Members(Map<String, Json> keywords) -> of(new SchemaNode(keywords, path));
          default -> throw path.invalid("neither an object nor true nor false");
        };
    depth--;
    return value;
  }

  private Expression of(SchemaNode node) {
    if (node.has("$ref")) {
      return node.without("$ref").isEmpty() ? reference(node) : joined(node);
    }
    if (node.has("allOf")) {
      boolean alone = node.without("allOf").isEmpty() && node.list("allOf").size() <= 1;
      return alone ? union(node, "allOf") : joined(node);
    }
    for (String union : List.of("anyOf", "oneOf")) {
      if (node.has(union)) {
        return union(node, union);
      }
    }
    return node.has("const") || node.has("enum") ? given(node) : typed(node);
  }

  private Expression joined(SchemaNode node) {
    SchemaJoin join = new SchemaJoin(node.path(), this::dereferenced);
    return value(join.all(List.of(new Members(node.keywords()))), node.path());
  }

  private Expression reference(SchemaNode node) {
    String target = node.text("$ref").orElseThrow();
    if (!target.startsWith("#")) {
      throw node.path().at("$ref").unsupported("a reference to another document, " + target);
    }
    return referred(new SchemaPath(target));
  }

  /** Each place that is referred to has one rule, so that a schema may refer to itself. */
  private Expression referred(SchemaPath place) {
    String name = place.pointer();
    if (!rules.containsKey(name)) {
      rules.put(name, Expression.EMPTY);
      int before = depth;
      depth = 0;
      rules.put(name, value(resolved(place), place));
      depth = before;
    }
    return new Expression.Rule(name);
  }

  private Json resolved(SchemaPath place) {
    Json at = root;
    for (String step : place.pointer().substring(1).split("/", -1)) {
      if (step.isEmpty() && at == root) {
        continue;
      }
      String key = step.replace("~1", "/").replace("~0", "~").replace("%24", "$");
      Json next =
          switch (at) {
            case Members(Map<String, Json> members) -> members.get(key);
            case Json.Elements(List<Json> elements) when key.matches("[0-9]{1,6}") ->
                Integer.parseInt(key) < elements.size()
                    ? elements.get(Integer.parseInt(key))
                    : null;
            default -> null;
          };
      if (next == null) {
        throw place.invalid("referred to, but there is nothing");
      }
      at = next;
    }
    return at;
  }

  private Expression given(SchemaNode node) {
    node.allow(Set.of("const", "enum", "type"));
    Set<String> types = types(node);
    List<Json> values = new ArrayList<>(node.list("enum"));
    if (node.has("const")) {
      values =
          values.isEmpty() || values.contains(node.get("const"))
              ? List.of(node.get("const"))
              : List.of();
    }
    List<Expression> options =
        values.stream()
            .filter(value -> types.isEmpty() || isOf(value, types))
            .map(value -> Expression.literal(value.text()))
            .toList();
    if (options.isEmpty()) {
      throw node.path().impossible("no value of enum or const is left");
    }
    return new Expression.Choice(options);
  }

  private static boolean isOf(Json value, Set<String> types) {
    return types.contains(value.kind())
        || value instanceof Json.Numeric number && number.isWhole() && types.contains("integer");
  }

  private Expression union(SchemaNode node, String keyword) {
    SchemaPath path = node.path().at(keyword);
    List<Json> schemas = withSiblings(node, keyword);
    if (schemas.isEmpty()) {
      throw path.invalid("an empty list");
    }
    if (keyword.equals("oneOf")) {
      Disjoint.check(schemas, path, this::dereferenced);
    }
    List<Expression> options = new ArrayList<>();
    for (int i = 0; i < schemas.size(); i++) {
      if (!(schemas.get(i) instanceof Json.Truth(boolean any)) || any) {
        options.add(value(schemas.get(i), path.at(i)));
      }
    }
    if (options.isEmpty()) {
      throw path.impossible("no schema in it admits anything");
    }
    return options.size() == 1 ? options.getFirst() : new Expression.Choice(options);
  }

  /** The schemas of a list, each joined with the keywords beside the list. */
  private List<Json> withSiblings(SchemaNode node, String keyword) {
    Map<String, Json> siblings = node.without(keyword);
    if (siblings.isEmpty()) {
      return node.list(keyword);
    }
    return node.list(keyword).stream()
        .map(option ->
            new SchemaJoin(node.path(), this::dereferenced)
                .all(List.of(new Members(siblings), option)))
        .toList();
  }

  private Json dereferenced(Json schema) {
    Json at = schema;
    for (int hops = 0; hops < DEEPEST; hops++) {
      if (at instanceof Members(Map<String, Json> keywords)
          && keywords.get("$ref") instanceof Json.Text(String target)
          && target.startsWith("#")) {
        at = resolved(new SchemaPath(target));
      } else {
        return at;
      }
    }
    return at;
  }

  private Expression typed(SchemaNode node) {
    Set<String> types = types(node);
    if (types.isEmpty()) {
      types = TypedSchemas.implied(node);
    }
    Set<String> known = new LinkedHashSet<>(Set.of("type"));
    types.forEach(type -> known.addAll(TypedSchemas.keywords(type)));
    node.allow(known);
    if (types.isEmpty()) {
      return JsonGrammar.VALUE;
    }
    TypedSchemas typed = new TypedSchemas(this);
    List<Expression> options = types.stream().map(type -> typed.of(type, node)).toList();
    return options.size() == 1 ? options.getFirst() : new Expression.Choice(options);
  }

  private static Set<String> types(SchemaNode node) {
    Set<String> types = new LinkedHashSet<>();
    switch (node.keywords().get("type")) {
      case Json.Text(String type) -> types.add(type);
      case Json.Elements elements -> types.addAll(node.names("type"));
      case null -> {}
      default -> throw node.path().at("type").invalid("neither a string nor an array");
    }
    for (String type : types) {
      if (!TYPES.contains(type)) {
        throw node.path().at("type").invalid("'" + type + "', not one of " + TYPES);
      }
    }
    if (types.contains("number")) {
      types.remove("integer");
    }
    return types;
  }

  /** Gives an expression a rule of its own, so that it is written once however often it is used. */
  Expression shared(Expression expression) {
    String name = "part " + parts++;
    rules.put(name, expression);
    return new Expression.Rule(name);
  }

  /** Returns the fault of a schema that is too large. */
  static InvalidRequestException tooLarge(SchemaPath path, int size, int most) {
    return path.unsupported("of size %d, the most is %d".formatted(size, most));
  }
}
