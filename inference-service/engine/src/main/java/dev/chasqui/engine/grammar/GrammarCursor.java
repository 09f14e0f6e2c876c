package dev.chasqui.engine.grammar;

import dev.chasqui.engine.api.InvalidRequestException;
import dev.chasqui.engine.api.TokenIds;

/**
 * Where one answer stands in its grammar. Belongs to one thread at a time; taking the tokens of the
 * answer again gives the same state.
 */
public final class GrammarCursor {

  private final TokenGrammar grammar;
  private final TokenIds ends;
  private FirstSpace firstSpace;
  private Automaton.State state;
  private boolean ended;

  GrammarCursor(TokenGrammar grammar, FirstSpace firstSpace, TokenIds ends) {
    this.grammar = grammar;
    this.firstSpace = firstSpace;
    this.ends = ends;
    this.state = grammar.start();
  }

  /**
   * Leaves the tokens that may come next as they are, and makes all others impossible.
   *
   * @param logits [vocabulary], changed in place
   * @throws InvalidRequestException if no token of the vocabulary may come next
   */
  public void mask(float[] logits) {
    long[] allowed = grammar.allowed(state, firstSpace);
    boolean possible = false;
    for (int id = 0; id < logits.length; id++) {
      boolean fits = (id >> 6) < allowed.length && (allowed[id >> 6] >>> (id & 63) & 1) != 0;
      if (!fits && !(state.isAccepting() && isEnd(id))) {
        logits[id] = Float.NEGATIVE_INFINITY;
      }
      possible |= logits[id] > Float.NEGATIVE_INFINITY;
    }
    if (!possible) {
      throw new InvalidRequestException(
          "format-not-possible",
          "response-format",
          "response-format needs a text here that no token of this vocabulary begins. Allow other"
              + " characters, or take a model whose tokenizer has bytes.");
    }
  }

  /**
   * Takes the next token.
   *
   * @param tokenId one that may come next
   * @throws InvalidRequestException if it may not: the tokens belong to another grammar
   */
  public void accept(int tokenId) {
    if (state.isAccepting() && isEnd(tokenId)) {
      ended = true;
      return;
    }
    Automaton.State next = grammar.next(state, tokenId, firstSpace);
    boolean hasText = grammar.text(tokenId).length > 0;
    if (next.isDead() || !hasText) {
      throw new InvalidRequestException(
          "committed",
          "token " + tokenId,
          "it does not fit response-format at its place",
          "Resume with the format that the answer began with.");
    }
    state = next;
    firstSpace = FirstSpace.KEPT;
  }

  /** Returns whether the text is complete and nothing can follow. */
  public boolean isComplete() {
    return ended || state.isAccepting() && state.isFinal();
  }

  private boolean isEnd(int tokenId) {
    for (int i = 0; i < ends.size(); i++) {
      if (ends.get(i) == tokenId) {
        return true;
      }
    }
    return false;
  }
}
