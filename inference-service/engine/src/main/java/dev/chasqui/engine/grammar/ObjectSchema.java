package dev.chasqui.engine.grammar;

import static dev.chasqui.engine.grammar.Expression.any;
import static dev.chasqui.engine.grammar.Expression.choice;
import static dev.chasqui.engine.grammar.Expression.literal;
import static dev.chasqui.engine.grammar.Expression.optional;
import static dev.chasqui.engine.grammar.Expression.sequence;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The objects that a schema admits: its properties in their order, then further members. */
final class ObjectSchema {

  private final SchemaCompiler compiler;
  private final SchemaNode node;
  private final Map<String, Expression> members = new LinkedHashMap<>();
  private final Set<String> required;

  ObjectSchema(SchemaCompiler compiler, SchemaNode node) {
    this.compiler = compiler;
    this.node = node;
    this.required = new LinkedHashSet<>(node.names("required"));
  }

  Expression expression() {
    Map<String, Json> properties = node.members("properties");
    if (properties.isEmpty()
        && required.isEmpty()
        && !node.has("additionalProperties")
        && !node.has("patternProperties")) {
      return JsonGrammar.OBJECT;
    }
    patterned();
    properties.forEach((name, schema) -> {
      if (!isForbidden(schema, name)) {
        members.put(
            name, member(name, compiler.value(schema, node.path().at("properties").at(name))));
      }
    });
    for (String name : required) {
      if (!members.containsKey(name)) {
        members.put(name, member(name, compiler.shared(unnamed(name))));
      }
    }
    return JsonGrammar.braced("{", content(), "}");
  }

  /** A property of schema false must not be there. */
  private boolean isForbidden(Json schema, String name) {
    boolean forbidden = schema instanceof Json.Truth(boolean any) && !any;
    if (forbidden && required.contains(name)) {
      throw node.path()
          .at("properties")
          .at(name)
          .impossible("it is required, but false admits nothing");
    }
    return forbidden;
  }

  /** The value of a member that is required but is no property. */
  private Expression unnamed(String name) {
    Json additional = node.keywords().get("additionalProperties");
    if (additional instanceof Json.Truth(boolean any) && !any) {
      throw node.path()
          .at("required")
          .impossible("%s is no property, and no other is admitted".formatted(name));
    }
    return additional == null
        ? JsonGrammar.VALUE
        : compiler.value(additional, node.path().at("additionalProperties"));
  }

  private static Expression member(String name, Expression value) {
    return sequence(literal(JsonGrammar.quote(name)), JsonGrammar.colon(), value);
  }

  /**
   * One pattern, which must not fit the name of a property: what fits both would have to satisfy
   * both, and a second member of the name could contradict the first.
   */
  private void patterned() {
    Map<String, Json> patterns = node.members("patternProperties");
    SchemaPath path = node.path().at("patternProperties");
    if (patterns.size() > 1) {
      throw path.unsupported("an object of %d patterns, the most is 1".formatted(patterns.size()));
    }
    Set<String> names = new LinkedHashSet<>(required);
    names.addAll(node.members("properties").keySet());
    for (String pattern : patterns.keySet()) {
      String prefix = prefix(pattern);
      for (String name : names) {
        if (prefix.isEmpty() || name.startsWith(prefix)) {
          throw path.at(pattern)
              .unsupported(
                  "a pattern that may fit the name '%s' too; begin it with ^ and letters that no name begins with"
                      .formatted(name));
        }
      }
    }
  }

  /** Returns letters that all texts begin with which a pattern fits; none without an anchor. */
  private static String prefix(String pattern) {
    int end = 1;
    while (end < pattern.length()
        && (Character.isLetterOrDigit(pattern.charAt(end))
            || "_-:/@ ".indexOf(pattern.charAt(end)) >= 0)) {
      end++;
    }
    boolean repeated = end < pattern.length() && "?*+{".indexOf(pattern.charAt(end)) >= 0;
    return pattern.startsWith("^") && pattern.indexOf('|') < 0
        ? pattern.substring(1, Math.max(1, repeated ? end - 1 : end))
        : "";
  }

  private Optional<Expression> further() {
    Map<String, Json> patterns = node.members("patternProperties");
    return patterns.isEmpty()
        ? additional()
        : patterns.entrySet().stream()
            .findFirst()
            .flatMap(each -> fitting(each.getKey(), each.getValue()));
  }

  /** Members whose names fit a pattern; others are left out. */
  private Optional<Expression> fitting(String pattern, Json schema) {
    SchemaPath path = node.path().at("patternProperties").at(pattern);
    if (schema instanceof Json.Truth(boolean any) && !any) {
      return Optional.empty();
    }
    Expression name = JsonGrammar.quoted(PatternParser.parse(pattern, path.pointer()));
    return Optional.of(
        compiler.shared(sequence(name, JsonGrammar.colon(), compiler.value(schema, path))));
  }

  private Optional<Expression> additional() {
    Json additional = node.keywords().get("additionalProperties");
    if (additional == null || additional instanceof Json.Truth(boolean any) && !any) {
      return Optional.empty();
    }
    Set<String> taken = new LinkedHashSet<>(members.keySet());
    taken.addAll(node.members("properties").keySet());
    Expression value = compiler.value(additional, node.path().at("additionalProperties"));
    return Optional.of(
        compiler.shared(sequence(OtherKeys.than(taken), JsonGrammar.colon(), value)));
  }

  /**
   * Builds from the end: what may come behind a member, and what may come where none was before.
   */
  private Expression content() {
    Optional<Expression> further = further();
    Expression behind =
        further.map(each -> any(sequence(JsonGrammar.comma(), each))).orElse(Expression.EMPTY);
    Expression first =
        further
            .map(each -> optional(sequence(each, any(sequence(JsonGrammar.comma(), each)))))
            .orElse(Expression.EMPTY);
    List<String> names = new ArrayList<>(members.keySet());
    for (String name : names.reversed()) {
      Expression member = compiler.shared(members.get(name));
      Expression rest = compiler.shared(behind);
      Expression here = sequence(member, rest);
      first = required.contains(name) ? here : choice(here, compiler.shared(first));
      Expression following = sequence(JsonGrammar.comma(), member);
      behind =
          required.contains(name) ? sequence(following, rest) : sequence(optional(following), rest);
    }
    return first;
  }
}
