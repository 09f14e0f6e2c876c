package dev.chasqui.engine.grammar;

/** What becomes of a space that the first token of an answer begins with. */
public enum FirstSpace {
  /** It is part of the text. */
  KEPT,
  /** SentencePiece put it there: it is no part of the text. */
  DROPPED
}
