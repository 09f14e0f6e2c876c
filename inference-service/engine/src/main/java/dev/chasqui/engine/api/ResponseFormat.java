package dev.chasqui.engine.api;

/** What shape an answer must have; tokens that would break it are never drawn. */
public sealed interface ResponseFormat {

  /** Any text. */
  ResponseFormat TEXT = new Text();

  /** Any text. */
  record Text() implements ResponseFormat {}

  /** Any JSON object. */
  record Json() implements ResponseFormat {}

  /**
   * A JSON value that a schema admits.
   *
   * @param schema JSON Schema, draft 2020-12
   */
  record JsonSchema(String schema) implements ResponseFormat {}

  /**
   * A text of a grammar.
   *
   * @param gbnf rules in GBNF, the notation of llama.cpp; the answer is derived from {@code root}
   */
  record Grammar(String gbnf) implements ResponseFormat {}
}
