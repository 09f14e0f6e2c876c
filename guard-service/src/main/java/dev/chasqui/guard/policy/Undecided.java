package dev.chasqui.guard.policy;

/** What becomes of a text on which the guard could not decide. */
public enum Undecided {
  /** Fail closed: it is stopped. */
  BLOCK,
  /** Fail open: it passes, and the verdict says so. */
  ADMIT
}
