package dev.chasqui.guard.policy;

/**
 * What a reader sees while an answer is judged.
 *
 * @param mode the release mode, unless the request is stricter
 * @param windowTokens tokens of one judged window, at least 1
 */
public record Release(ReleaseMode mode, int windowTokens) {

  /** Checks the window. */
  public Release {
    if (windowTokens < 1) {
      throw new InvalidPolicyException(
          "window-tokens is %d: it must be at least 1. 32 is usual.".formatted(windowTokens));
    }
  }
}
