package dev.chasqui.engine.chat;

import dev.chasqui.engine.api.ChatTemplateException;
import dev.chasqui.engine.chat.Value.Dict;
import dev.chasqui.engine.chat.Value.Items;
import java.util.Collection;

/** Keeps values from nesting so deep that a walk through them would run out of stack. */
final class Nesting {

  private static final int DEEPEST = 64;

  private Nesting() {}

  /** Returns the depth of what these are about to become the parts of. */
  static int depthOver(Collection<Value> parts) {
    int deepest = 0;
    for (Value part : parts) {
      deepest = Math.max(deepest, depth(part));
    }
    if (deepest >= DEEPEST) {
      throw new ChatTemplateException("a value is nested more than %d deep".formatted(DEEPEST));
    }
    return deepest + 1;
  }

  private static int depth(Value value) {
    return switch (value) {
      case Items items -> items.depth();
      case Dict dict -> dict.depth();
      default -> 0;
    };
  }
}
