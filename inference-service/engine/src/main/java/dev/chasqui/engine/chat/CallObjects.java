package dev.chasqui.engine.chat;

import dev.chasqui.engine.api.ToolCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Calls as JSON objects with {@code name} and {@code parameters}, one or more of them, with
 * semicolons, commas or white space between.
 */
final class CallObjects {

  private static final JsonFactory FACTORY = new JsonFactory();

  private final String text;
  private String name = "";
  private String arguments = "{}";

  private CallObjects(String text) {
    this.text = text;
  }

  static Optional<List<ToolCall>> parse(String text) {
    boolean listed = text.startsWith("[") && text.endsWith("]");
    String rest = listed ? text.substring(1, text.length() - 1).strip() : text;
    List<ToolCall> calls = new ArrayList<>();
    while (rest.startsWith("{")) {
      CallObjects object = new CallObjects(rest);
      int end = object.read();
      if (end < 0 || object.name.isEmpty()) {
        return Optional.empty();
      }
      calls.add(new ToolCall(object.name, object.arguments));
      rest = rest.substring(end).strip();
      if (rest.startsWith(";") || rest.startsWith(",")) {
        rest = rest.substring(1).strip();
      }
    }
    return calls.isEmpty() || !rest.isEmpty() ? Optional.empty() : Optional.of(calls);
  }

  static boolean isObject(String text) {
    return new CallObjects(text).read() == text.length();
  }

  /** Returns where the object ends, or -1 if it is none. */
  private int read() {
    try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return -1;
      }
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        member(parser, parser.currentName());
      }
      return (int) parser.currentLocation().getCharOffset();
    } catch (JacksonException noJson) {
      return -1;
    }
  }

  private void member(JsonParser parser, String key) {
    JsonToken value = parser.nextToken();
    int start = (int) parser.currentTokenLocation().getCharOffset();
    if (key.equals("name") && value == JsonToken.VALUE_STRING) {
      name = parser.getString();
    }
    parser.skipChildren();
    if ((key.equals("parameters") || key.equals("arguments")) && value == JsonToken.START_OBJECT) {
      arguments = text.substring(start, (int) parser.currentLocation().getCharOffset());
    }
  }
}
