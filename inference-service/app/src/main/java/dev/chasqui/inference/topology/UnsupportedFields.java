package dev.chasqui.inference.topology;

import dev.chasqui.events.PromptSubmitted;
import dev.chasqui.events.ResponseFormat;
import java.util.Optional;

/** Fields of a prompt that stand in the schema and that this version cannot serve. */
final class UnsupportedFields {

  private UnsupportedFields() {}

  /** Returns a message that names the first such field; empty if there is none. */
  static Optional<String> firstOf(PromptSubmitted prompt) {
    return prompt.getResponseFormat() == ResponseFormat.UNKNOWN
        ? refuse("responseFormat", "UNKNOWN", "TEXT, JSON, JSON_SCHEMA or GRAMMAR")
        : Optional.empty();
  }

  private static Optional<String> refuse(String field, String value, String supported) {
    return Optional.of("%s is %s: not supported yet. Send %s.".formatted(field, value, supported));
  }
}
