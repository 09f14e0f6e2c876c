package dev.chasqui.engine.grammar;

/** What each token of a vocabulary adds to a text, as bytes and as a tree. Never changes. */
public final class VocabularyTexts {

  private final byte[][] texts;
  private final TokenTrie trie;

  /**
   * Takes the texts.
   *
   * @param texts the bytes of each token; empty for control tokens
   */
  public VocabularyTexts(byte[][] texts) {
    this.texts = texts.clone();
    this.trie = new TokenTrie(texts);
  }

  byte[] text(int tokenId) {
    return texts[tokenId];
  }

  TokenTrie trie() {
    return trie;
  }
}
