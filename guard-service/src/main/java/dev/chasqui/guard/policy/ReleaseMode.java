package dev.chasqui.guard.policy;

/** What a reader of the responses sees while an answer is judged, strictest first. */
public enum ReleaseMode {
  /** The answer, after the whole of it was judged. */
  FULL,
  /** Tokens up to the last judged window. */
  WINDOW,
  /** Tokens at once; a retraction takes them back. */
  RETRACT,
  /** Tokens at once; verdicts are only recorded. */
  AUDIT;

  /**
   * Returns whether a request may ask for this mode under a policy.
   *
   * @param ofPolicy the mode of the policy
   * @return true where this mode shows a reader no more than the policy's
   */
  public boolean isAtLeastAsStrictAs(ReleaseMode ofPolicy) {
    return compareTo(ofPolicy) <= 0;
  }

  /** Returns whether a reader sees tokens before they are judged. */
  public boolean showsUnjudged() {
    return switch (this) {
      case FULL, WINDOW -> false;
      case RETRACT, AUDIT -> true;
    };
  }

  /** Returns whether a verdict can stop an answer; if not, it is only recorded. */
  public boolean heedsVerdicts() {
    return this != AUDIT;
  }
}
