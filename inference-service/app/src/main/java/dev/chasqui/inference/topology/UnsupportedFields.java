package dev.chasqui.inference.topology;

import dev.chasqui.events.PromptSubmitted;
import dev.chasqui.events.ResponseFormat;
import dev.chasqui.events.Sampling;
import java.util.Optional;

/** Fields of a prompt that stand in the schema and that this version cannot serve. */
final class UnsupportedFields {

  private UnsupportedFields() {}

  /** Returns a message that names the first such field; empty if there is none. */
  static Optional<String> firstOf(PromptSubmitted prompt) {
    Sampling sampling = prompt.getSampling();
    if (prompt.getAdapter() != null) {
      return refuse("adapter", "'" + prompt.getAdapter() + "'", "null");
    }
    if (!prompt.getTools().isEmpty()) {
      return refuse("tools", prompt.getTools().size() + " tools", "an empty list");
    }
    if (!prompt.getDocuments().isEmpty()) {
      return refuse("documents", prompt.getDocuments().size() + " documents", "an empty list");
    }
    if (prompt.getResponseFormat() != ResponseFormat.TEXT || prompt.getResponseSchema() != null) {
      return refuse("responseFormat", prompt.getResponseFormat().name(), "TEXT without a schema");
    }
    if (sampling.getLogprobs() != null) {
      return refuse("sampling.logprobs", sampling.getLogprobs().toString(), "null");
    }
    return sampling.getN() == 1
        ? Optional.empty()
        : refuse("sampling.n", Integer.toString(sampling.getN()), "1");
  }

  private static Optional<String> refuse(String field, String value, String supported) {
    return Optional.of("%s is %s: not supported yet. Send %s.".formatted(field, value, supported));
  }
}
