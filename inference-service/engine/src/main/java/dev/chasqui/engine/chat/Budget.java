package dev.chasqui.engine.chat;

import dev.chasqui.engine.api.ChatTemplateException;

/**
 * What one rendering may use up: steps of the interpreter, characters made and looked at, nested
 * evaluations. Whatever takes time or memory in proportion to a value counts here before it is
 * done.
 */
final class Budget {

  private static final int MOST_STEPS = 2_000_000;
  private static final long MOST_CHARACTERS = 32L << 20;
  private static final long MOST_SCANNED = 1L << 30;
  private static final int CHARACTERS_OF_AN_ELEMENT = 32;
  private static final int DEEPEST = 400;

  private int steps;
  private long characters;
  private long scanned;
  private int depth;

  void step() {
    if (++steps > MOST_STEPS) {
      throw new ChatTemplateException(
          "rendering took more than %d steps. Use a shorter conversation or another template."
              .formatted(MOST_STEPS));
    }
  }

  /** Counts elements of a list that are about to be made; each weighs as much as some text. */
  void makeElements(long count) {
    make(count * CHARACTERS_OF_AN_ELEMENT);
  }

  /** Counts characters that are about to be made. */
  void make(long count) {
    characters += count;
    if (characters > MOST_CHARACTERS) {
      throw new ChatTemplateException(
          "rendering made more than %d characters. Use a shorter conversation or another template."
              .formatted(MOST_CHARACTERS));
    }
  }

  /** Counts elements of a list that are about to be looked at. */
  void scanElements(long count) {
    scan(count * CHARACTERS_OF_AN_ELEMENT);
  }

  /** Counts characters that are about to be looked at. */
  void scan(long count) {
    scanned += count;
    if (scanned > MOST_SCANNED) {
      throw new ChatTemplateException(
          "rendering looked at more than %d characters. Use a shorter conversation or another"
                  .formatted(MOST_SCANNED)
              + " template.");
    }
  }

  void enter() {
    if (++depth > DEEPEST) {
      throw new ChatTemplateException(
          "expressions and macros are nested more than %d deep".formatted(DEEPEST));
    }
  }

  void leave() {
    depth--;
  }
}
