package dev.chasqui.engine.grammar;

import static dev.chasqui.engine.grammar.Expression.literal;
import static dev.chasqui.engine.grammar.Expression.optional;
import static dev.chasqui.engine.grammar.Expression.sequence;

import dev.chasqui.engine.grammar.DecimalRange.Bound;
import dev.chasqui.engine.grammar.Expression.Repeat;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Schemas that name a type. */
final class TypedSchemas {

  /** So many digits every parser holds exactly. */
  private static final BigInteger FARTHEST = BigInteger.TEN.pow(15).subtract(BigInteger.ONE);

  private static final Set<String> NUMBERS =
      Set.of("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "format");

  private static final Map<String, Set<String>> KEYWORDS =
      Map.of(
          "object", Set.of("properties", "required", "additionalProperties", "patternProperties"),
          "array", Set.of("items", "prefixItems", "minItems", "maxItems", "uniqueItems"),
          "string", Set.of("minLength", "maxLength", "pattern", "format"),
          "number", NUMBERS,
          "integer", NUMBERS,
          "boolean", Set.of(),
          "null", Set.of());

  /** Most digits behind the point of a number with bounds. */
  private static final int PLACES = 12;

  private static final Expression DIGIT = Expression.oneOf('0', '9');

  private final SchemaCompiler compiler;

  TypedSchemas(SchemaCompiler compiler) {
    this.compiler = compiler;
  }

  /** Returns the keywords that say something of a type. */
  static Set<String> keywords(String type) {
    return KEYWORDS.getOrDefault(type, Set.of());
  }

  /** Returns the types that the keywords of a schema without a type speak of. */
  static Set<String> implied(SchemaNode node) {
    Set<String> types = new LinkedHashSet<>();
    for (String type : List.of("object", "array", "string", "number")) {
      if (keywords(type).stream().anyMatch(each -> !each.equals("format") && node.has(each))) {
        types.add(type);
      }
    }
    return types;
  }

  Expression of(String type, SchemaNode node) {
    return switch (type) {
      case "object" -> new ObjectSchema(compiler, node).expression();
      case "array" -> array(node);
      case "string" -> string(node);
      case "integer" -> integer(node);
      case "number" -> number(node);
      case "boolean" -> JsonGrammar.BOOLEAN;
      default -> JsonGrammar.NULL;
    };
  }

  private Expression array(SchemaNode node) {
    int least = node.count("minItems", 0);
    int most = node.count("maxItems", Repeat.UNBOUNDED);
    if (node.isTrue("uniqueItems") && (most == Repeat.UNBOUNDED || most > 1)) {
      throw node.path()
          .at("uniqueItems")
          .unsupported("true: a grammar cannot compare elements with each other");
    }
    List<Expression> prefix = prefix(node, most);
    boolean closed = node.keywords().get("items") instanceof Json.Truth(boolean any) && !any;
    if (closed) {
      most = most == Repeat.UNBOUNDED ? prefix.size() : Math.min(most, prefix.size());
    }
    if (most != Repeat.UNBOUNDED && least > most) {
      throw node.path().impossible("at least %d elements, but at most %d".formatted(least, most));
    }
    if (most != Repeat.UNBOUNDED && most <= prefix.size()) {
      return JsonGrammar.braced("[", joined(prefix), "]");
    }
    Expression element =
        node.has("items")
            ? compiler.shared(compiler.value(node.get("items"), node.path().at("items")))
            : JsonGrammar.VALUE;
    int used = prefix.size();
    int furtherMost = most == Repeat.UNBOUNDED ? most : most - used;
    if (used == 0) {
      return JsonGrammar.array(element, least, furtherMost);
    }
    Expression further =
        new Repeat(sequence(JsonGrammar.comma(), element), Math.max(0, least - used), furtherMost);
    return JsonGrammar.braced("[", sequence(joined(prefix), further), "]");
  }

  private List<Expression> prefix(SchemaNode node, int most) {
    List<Expression> prefix = new ArrayList<>();
    List<Json> schemas = node.list("prefixItems");
    for (int i = 0; i < schemas.size() && (most == Repeat.UNBOUNDED || i < most); i++) {
      prefix.add(compiler.value(schemas.get(i), node.path().at("prefixItems").at(i)));
    }
    return prefix;
  }

  private static Expression joined(List<Expression> elements) {
    List<Expression> parts = new ArrayList<>();
    for (Expression element : elements) {
      if (!parts.isEmpty()) {
        parts.add(JsonGrammar.comma());
      }
      parts.add(element);
    }
    return new Expression.Sequence(parts);
  }

  private Expression string(SchemaNode node) {
    int least = node.count("minLength", 0);
    int most = node.count("maxLength", Repeat.UNBOUNDED);
    boolean measured = node.has("minLength") || node.has("maxLength");
    Optional<String> format = node.text("format").filter(Formats::isKnown);
    if (node.has("pattern") && (measured || format.isPresent()) || format.isPresent() && measured) {
      throw node.path().unsupported("a string with more than one of pattern, format and lengths");
    }
    if (node.has("pattern")) {
      String pattern = node.text("pattern").orElseThrow();
      return JsonGrammar.quoted(PatternParser.parse(pattern, node.path().at("pattern").pointer()));
    }
    if (format.isPresent()) {
      return JsonGrammar.quoted(Formats.of(format.get()));
    }
    if (most != Repeat.UNBOUNDED && least > most) {
      throw node.path().impossible("at least %d characters, but at most %d".formatted(least, most));
    }
    return measured ? JsonGrammar.string(least, most) : JsonGrammar.STRING;
  }

  private Expression integer(SchemaNode node) {
    if (!node.number("multipleOf").map(TypedSchemas::dividesAll).orElse(true)) {
      throw node.path()
          .at("multipleOf")
          .unsupported(node.get("multipleOf").text() + ", for whole numbers only 1 is");
    }
    if (!isBounded(node)) {
      return JsonGrammar.INTEGER;
    }
    BigInteger least =
        node.number("minimum")
            .map(value -> whole(value, RoundingMode.CEILING))
            .orElse(FARTHEST.negate());
    BigInteger above =
        node.number("exclusiveMinimum")
            .map(value -> whole(value, RoundingMode.FLOOR).add(BigInteger.ONE))
            .orElse(least);
    BigInteger most =
        node.number("maximum").map(value -> whole(value, RoundingMode.FLOOR)).orElse(FARTHEST);
    BigInteger below =
        node.number("exclusiveMaximum")
            .map(value -> whole(value, RoundingMode.CEILING).subtract(BigInteger.ONE))
            .orElse(most);
    BigInteger from = least.max(above);
    BigInteger to = most.min(below);
    if (from.compareTo(to) > 0) {
      throw node.path().impossible("no whole number lies between its bounds");
    }
    return IntegerRange.whole(from, to);
  }

  private static boolean dividesAll(BigDecimal divisor) {
    return divisor.compareTo(BigDecimal.ONE) == 0;
  }

  private static boolean isBounded(SchemaNode node) {
    return node.has("minimum")
        || node.has("maximum")
        || node.has("exclusiveMinimum")
        || node.has("exclusiveMaximum");
  }

  private static BigInteger whole(BigDecimal value, RoundingMode rounding) {
    return value.setScale(0, rounding).toBigInteger();
  }

  private Expression number(SchemaNode node) {
    int places = places(node);
    if (places == 0) {
      return integer(node);
    }
    if (!isBounded(node)) {
      return node.has("multipleOf")
          ? sequence(
              JsonGrammar.INTEGER, optional(sequence(literal("."), new Repeat(DIGIT, 1, places))))
          : JsonGrammar.NUMBER;
    }
    DecimalRange.Range range = range(node, places);
    int sign = range.from().compareTo(range.to());
    boolean closed = range.lower() == Bound.INCLUDED && range.upper() == Bound.INCLUDED;
    if (sign > 0 || sign == 0 && !closed) {
      throw node.path().impossible("no number lies between its bounds");
    }
    return sign == 0 ? literal(plain(range.from())) : DecimalRange.of(range, places);
  }

  private static String plain(BigDecimal number) {
    return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
  }

  /** Returns how many digits may stand behind the point. */
  private static int places(SchemaNode node) {
    Optional<BigDecimal> divisor = node.number("multipleOf").map(BigDecimal::stripTrailingZeros);
    if (divisor.isEmpty()) {
      return PLACES;
    }
    boolean power = divisor.get().unscaledValue().equals(BigInteger.ONE);
    if (!power || divisor.get().scale() < 0 || divisor.get().scale() > PLACES) {
      throw node.path()
          .at("multipleOf")
          .unsupported(node.get("multipleOf").text() + ", only 1, 0.1, 0.01 and so on are");
    }
    return divisor.get().scale();
  }

  /** Of two bounds on one side, the one that leaves less is taken. */
  private static DecimalRange.Range range(SchemaNode node, int places) {
    BigDecimal farthest = new BigDecimal(FARTHEST);
    BigDecimal least = node.number("minimum").orElse(farthest.negate());
    BigDecimal above = node.number("exclusiveMinimum").orElse(least);
    BigDecimal most = node.number("maximum").orElse(farthest);
    BigDecimal below = node.number("exclusiveMaximum").orElse(most);
    Bound lower =
        node.has("exclusiveMinimum") && (!node.has("minimum") || above.compareTo(least) >= 0)
            ? Bound.EXCLUDED
            : Bound.INCLUDED;
    Bound upper =
        node.has("exclusiveMaximum") && (!node.has("maximum") || below.compareTo(most) <= 0)
            ? Bound.EXCLUDED
            : Bound.INCLUDED;
    BigDecimal from = lower == Bound.EXCLUDED ? above : least;
    BigDecimal to = upper == Bound.EXCLUDED ? below : most;
    if (node.has("multipleOf")) {
      return new DecimalRange.Range(
          DecimalRange.onGrid(from, lower, places, RoundingMode.CEILING),
          Bound.INCLUDED,
          DecimalRange.onGrid(to, upper, places, RoundingMode.FLOOR),
          Bound.INCLUDED);
    }
    for (BigDecimal bound : List.of(from, to)) {
      if (bound.stripTrailingZeros().scale() >= PLACES) {
        throw node.path()
            .unsupported("a bound of %s with %d digits or more".formatted(bound, PLACES));
      }
    }
    return new DecimalRange.Range(from, lower, to, upper);
  }
}
