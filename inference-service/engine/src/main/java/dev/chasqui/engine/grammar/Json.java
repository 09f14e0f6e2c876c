package dev.chasqui.engine.grammar;

import dev.chasqui.engine.api.InvalidRequestException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** A JSON value of a schema. */
sealed interface Json {

  /** Returns the one way in which we write it, without white space. */
  String text();

  /** Returns the name of its kind in schemas; a whole number is a {@code number} here. */
  String kind();

  /** An object, its members in order. */
  record Members(Map<String, Json> byName) implements Json {

    @Override
    public String text() {
      return byName.entrySet().stream()
          .map(member -> JsonGrammar.quote(member.getKey()) + ":" + member.getValue().text())
          .collect(Collectors.joining(",", "{", "}"));
    }

    @Override
    public String kind() {
      return "object";
    }
  }

  /** An array. */
  record Elements(List<Json> inOrder) implements Json {

    @Override
    public String text() {
      return inOrder.stream().map(Json::text).collect(Collectors.joining(",", "[", "]"));
    }

    @Override
    public String kind() {
      return "array";
    }
  }

  /** A string. */
  record Text(String value) implements Json {

    @Override
    public String text() {
      return JsonGrammar.quote(value);
    }

    @Override
    public String kind() {
      return "string";
    }
  }

  /** A number. */
  record Numeric(BigDecimal value) implements Json {

    @Override
    public String text() {
      return value.toString();
    }

    @Override
    public String kind() {
      return "number";
    }

    boolean isWhole() {
      return value.signum() == 0 || value.stripTrailingZeros().scale() <= 0;
    }
  }

  /** A truth value. */
  record Truth(boolean value) implements Json {

    @Override
    public String text() {
      return Boolean.toString(value);
    }

    @Override
    public String kind() {
      return "boolean";
    }
  }

  /** Nothing. */
  record Null() implements Json {

    @Override
    public String text() {
      return "null";
    }

    @Override
    public String kind() {
      return "null";
    }
  }

  /**
   * Reads a value.
   *
   * @throws InvalidRequestException if the text is no JSON
   */
  static Json read(String text) {
    try (JsonParser parser = new JsonFactory().createParser(ObjectReadContext.empty(), text)) {
      Json value = value(parser, parser.nextToken());
      if (parser.nextToken() == null) {
        return value;
      }
    } catch (JacksonException e) {
      throw fault(e.getOriginalMessage());
    }
    throw fault("there is more than one value");
  }

  private static Json value(JsonParser parser, JsonToken token) {
    return switch (token) {
      case START_OBJECT -> {
        Map<String, Json> members = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
          String name = parser.currentName();
          members.put(name, value(parser, parser.nextToken()));
        }
        yield new Members(members);
      }
      case START_ARRAY -> {
        List<Json> elements = new ArrayList<>();
        JsonToken next = parser.nextToken();
        while (next != JsonToken.END_ARRAY) {
          elements.add(value(parser, next));
          next = parser.nextToken();
        }
        yield new Elements(elements);
      }
      case VALUE_STRING -> new Text(parser.getString());
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(parser.getDecimalValue());
      case VALUE_TRUE -> new Truth(true);
      case VALUE_FALSE -> new Truth(false);
      case VALUE_NULL -> new Null();
      case null, default -> throw fault("a value is missing");
    };
  }

  /** A number of a few characters can stand for one of a thousand million digits. */
  private static Json number(BigDecimal value) {
    if (Math.abs((long) value.scale()) > 400 || value.precision() > 400) {
      throw fault("a number has more than 400 digits");
    }
    return new Numeric(value);
  }

  private static InvalidRequestException fault(String what) {
    return new InvalidRequestException(
        "invalid-schema",
        "response-format",
        "response-format is no JSON: %s. Correct the schema.".formatted(what));
  }
}
