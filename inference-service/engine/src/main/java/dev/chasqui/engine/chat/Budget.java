package dev.chasqui.engine.chat;

import dev.chasqui.engine.api.ChatTemplateException;

/** What one rendering may use up: steps of the interpreter, characters made, nested evaluations. */
final class Budget {

  private static final int MOST_STEPS = 5_000_000;
  private static final long MOST_CHARACTERS = 128L << 20;
  private static final int DEEPEST = 400;

  private int steps;
  private long characters;
  private int depth;

  void step() {
    if (++steps > MOST_STEPS) {
      throw new ChatTemplateException(
          "rendering took more than %d steps. Use a shorter conversation or another template."
              .formatted(MOST_STEPS));
    }
  }

  /** Counts characters or elements that are about to be made. */
  void make(long count) {
    characters += count;
    if (characters > MOST_CHARACTERS) {
      throw new ChatTemplateException(
          "rendering made more than %d characters. Use a shorter conversation or another template."
              .formatted(MOST_CHARACTERS));
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
