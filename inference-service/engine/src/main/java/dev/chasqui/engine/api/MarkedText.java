package dev.chasqui.engine.api;

import java.util.List;

/**
 * Text whose parts are known to be ours or a user's.
 *
 * <p>Special tokens are parsed in {@link Origin#SCAFFOLD} spans only. What lies between two of them
 * is tokenized in one piece across the borders of the spans, since a tokenizer is free to join the
 * last character of one span with the first of the next.
 *
 * @param spans the parts in order
 */
public record MarkedText(List<Span> spans) {

  /** Copies the spans in. */
  public MarkedText {
    spans = List.copyOf(spans);
  }

  /** Who wrote a span. */
  public enum Origin {
    /** A template of ours or of the checkpoint: may hold special tokens. */
    SCAFFOLD,
    /** Anyone else: never holds special tokens, whatever it looks like. */
    USER
  }

  /**
   * A part of the text.
   *
   * @param text the characters
   * @param origin who wrote them
   */
  public record Span(String text, Origin origin) {}

  /**
   * Returns a text of ours.
   *
   * @param text may hold special tokens
   * @return the text as one span
   */
  public static MarkedText scaffold(String text) {
    return new MarkedText(List.of(new Span(text, Origin.SCAFFOLD)));
  }

  /**
   * Returns a text of a user.
   *
   * @param text holds no special token, whatever it looks like
   * @return the text as one span
   */
  public static MarkedText user(String text) {
    return new MarkedText(List.of(new Span(text, Origin.USER)));
  }

  /** Returns the characters of all spans. */
  public String text() {
    StringBuilder text = new StringBuilder();
    spans.forEach(span -> text.append(span.text()));
    return text.toString();
  }
}
