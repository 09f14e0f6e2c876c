package dev.chasqui.guard.verdict;

/** What becomes of a text, mildest first. */
public enum Action {
  /** It passes. */
  ALLOW,
  /** A person decides. */
  REVIEW,
  /** It is stopped. */
  BLOCK
}
