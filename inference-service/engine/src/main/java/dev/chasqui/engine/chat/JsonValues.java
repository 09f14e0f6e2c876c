package dev.chasqui.engine.chat;

import dev.chasqui.engine.api.ChatTemplateException;
import dev.chasqui.engine.chat.Value.Text;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** Reads JSON that a user gave, such as tools: every string in it is the user's. */
final class JsonValues {

  private static final JsonFactory FACTORY = new JsonFactory();

  private final String variable;
  private final JsonParser parser;

  private JsonValues(String variable, JsonParser parser) {
    this.variable = variable;
    this.parser = parser;
  }

  /**
   * Reads one value.
   *
   * @param variable its name, for messages
   * @param json the text
   * @return the value
   */
  static Value read(String variable, String json) {
    try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), json)) {
      JsonValues values = new JsonValues(variable, parser);
      Value value = values.value(parser.nextToken());
      if (parser.nextToken() != null) {
        throw new ChatTemplateException(variable + " is more than one JSON value");
      }
      return value;
    } catch (JacksonException failure) {
      throw new ChatTemplateException(
          "%s is no JSON: %s".formatted(variable, failure.getOriginalMessage()));
    }
  }

  private Value value(JsonToken token) {
    return switch (token) {
      case START_OBJECT -> dict();
      case START_ARRAY -> list();
      case VALUE_STRING -> text(parser.getString());
      case VALUE_NUMBER_INT -> whole();
      case VALUE_NUMBER_FLOAT -> new Value.Real(parser.getDoubleValue());
      case VALUE_TRUE -> Value.TRUE;
      case VALUE_FALSE -> Value.FALSE;
      case VALUE_NULL -> Value.NONE;
      case null, default -> throw new ChatTemplateException(variable + " lacks a JSON value");
    };
  }

  private Value whole() {
    return parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
        ? new Value.Real(parser.getDoubleValue())
        : new Value.Whole(parser.getLongValue());
  }

  private Value list() {
    List<Value> elements = new ArrayList<>();
    JsonToken token = parser.nextToken();
    while (token != JsonToken.END_ARRAY) {
      elements.add(value(token));
      token = parser.nextToken();
    }
    return Value.Items.list(elements);
  }

  private Value dict() {
    Map<Value, Value> entries = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      Value key = text(parser.currentName());
      entries.put(key, value(parser.nextToken()));
    }
    return Value.Dict.of(entries);
  }

  private static Value text(String chars) {
    return new Text(MarkedChars.user(chars));
  }
}
