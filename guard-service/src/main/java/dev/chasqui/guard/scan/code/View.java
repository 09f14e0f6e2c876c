package dev.chasqui.guard.scan.code;

/** What a pattern sees of a source text. All views have the same length and the same lines. */
public enum View {
  /** All of it, comments included. */
  TEXT,
  /** Comments blanked, strings kept. */
  CODE,
  /** Comments blanked, and the contents of strings replaced by {@link SourceText#FILLER}. */
  BARE
}
