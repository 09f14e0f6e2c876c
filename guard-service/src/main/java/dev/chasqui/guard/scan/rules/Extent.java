package dev.chasqui.guard.scan.rules;

/** Whether a source text is all there. */
public enum Extent {
  /** It is. */
  COMPLETE,
  /** More may follow. */
  GROWING
}
