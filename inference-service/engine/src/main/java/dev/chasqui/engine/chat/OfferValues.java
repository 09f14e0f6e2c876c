package dev.chasqui.engine.chat;

import dev.chasqui.engine.api.Document;
import dev.chasqui.engine.api.Prompt;
import dev.chasqui.engine.api.Tool;
import dev.chasqui.engine.chat.Value.Dict;
import dev.chasqui.engine.chat.Value.Items;
import dev.chasqui.engine.chat.Value.Text;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The variables {@code tools} and {@code documents}, in the form that Hugging Face gives them. */
final class OfferValues {

  private static final String NO_PARAMETERS = "{\"type\": \"object\", \"properties\": {}}";

  private OfferValues() {}

  /** Leaves out what is not offered: templates ask whether it is defined. */
  static void define(Scope scope, Prompt.Offer offer) {
    if (!offer.tools().isEmpty()) {
      scope.set("tools", list(offer.tools().stream().map(OfferValues::tool).toList()));
    }
    if (!offer.documents().isEmpty()) {
      scope.set("documents", list(offer.documents().stream().map(OfferValues::document).toList()));
    }
  }

  private static Value list(List<Value> values) {
    return Items.list(values);
  }

  private static Value tool(Tool tool) {
    String parameters = tool.parameters().isBlank() ? NO_PARAMETERS : tool.parameters();
    Map<Value, Value> function = new LinkedHashMap<>();
    put(function, "name", user(tool.name()));
    put(function, "description", user(tool.description()));
    put(function, "parameters", JsonValues.read("parameters of " + tool.name(), parameters));
    Map<Value, Value> entries = new LinkedHashMap<>();
    put(entries, "type", Text.scaffold("function"));
    put(entries, "function", Dict.of(function));
    return Dict.of(entries);
  }

  private static Value document(Document document) {
    Map<Value, Value> entries = new LinkedHashMap<>();
    put(entries, "title", user(document.title()));
    put(entries, "text", user(document.content()));
    put(entries, "content", user(document.content()));
    return Dict.of(entries);
  }

  private static Text user(String text) {
    return new Text(MarkedChars.user(text));
  }

  private static void put(Map<Value, Value> entries, String key, Value value) {
    entries.put(Text.scaffold(key), value);
  }
}
