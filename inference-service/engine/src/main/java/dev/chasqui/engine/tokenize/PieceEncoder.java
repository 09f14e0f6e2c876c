package dev.chasqui.engine.tokenize;

/** Turns text without special tokens into ids of ordinary pieces. */
sealed interface PieceEncoder permits ByteLevelBpe, SentencePieceBpe {

  /**
   * Appends the ids of a text.
   *
   * @param text not empty, without unpaired surrogates
   * @param ids gets the ids
   */
  void encode(String text, IdBuffer ids);

  /** Returns the encoder of a text that goes on in the middle of another one. */
  PieceEncoder continuing();
}
