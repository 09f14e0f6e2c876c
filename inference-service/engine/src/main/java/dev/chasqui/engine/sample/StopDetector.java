package dev.chasqui.engine.sample;

import dev.chasqui.engine.api.FinishReason;
import dev.chasqui.engine.api.StopCriteria;
import dev.chasqui.engine.api.TokenIds;
import java.util.Optional;

/**
 * Decides after each token whether an answer has ended, and which of its text may be released.
 *
 * <p>Belongs to the engine's thread. Replaying the tokens of an answer with their texts gives a
 * detector in the same state.
 */
public final class StopDetector {

  private final StopCriteria.EndTokens endTokensCount;
  private final TokenIds endTokens;
  private final TokenIds stopTokens;
  private final int mostTokens;
  private final StopSequences sequences;
  private int tokens;
  private Optional<FinishReason> reason = Optional.empty();

  /**
   * Starts an answer.
   *
   * @param criteria when it ends
   * @param endTokens the model's own end tokens
   * @param room most tokens that fit behind the prompt, at least 1; max tokens may be less
   */
  public StopDetector(StopCriteria criteria, TokenIds endTokens, int room) {
    this.endTokensCount = criteria.endTokens();
    this.endTokens = endTokens;
    this.stopTokens = criteria.tokenIds();
    this.mostTokens = Math.min(criteria.maxTokens(), room);
    this.sequences = new StopSequences(criteria.sequences());
  }

  /**
   * Takes the next token.
   *
   * @param tokenId the token
   * @param text what became certain with it: whole characters
   * @return the text that may be released: no part of a stop sequence, whatever follows
   */
  public String accept(int tokenId, String text) {
    tokens++;
    String released = sequences.accept(text);
    reason = reasonAfter(tokenId);
    return released;
  }

  /**
   * Takes the rest of the text of an answer that has ended.
   *
   * @param rest text that waited for more tokens, such as half a character
   * @return all the text that was held back; nothing behind a stop sequence
   */
  public String finish(String rest) {
    if (sequences.found()) {
      return "";
    }
    return sequences.accept(rest) + sequences.release();
  }

  /** Ends the answer because its text is complete, unless it has ended anyhow. */
  public void complete() {
    if (reason.isEmpty() || reason.get() == FinishReason.LENGTH) {
      reason = Optional.of(FinishReason.STOP);
    }
  }

  /** Returns why the answer has ended, or nothing while it goes on. */
  public Optional<FinishReason> reason() {
    return reason;
  }

  private Optional<FinishReason> reasonAfter(int tokenId) {
    if (isEnd(tokenId) || sequences.found()) {
      return Optional.of(FinishReason.STOP);
    }
    return tokens >= mostTokens ? Optional.of(FinishReason.LENGTH) : Optional.empty();
  }

  private boolean isEnd(int tokenId) {
    return contains(stopTokens, tokenId)
        || switch (endTokensCount) {
          case IGNORED -> false;
          case HONOURED -> contains(endTokens, tokenId);
        };
  }

  private static boolean contains(TokenIds ids, int tokenId) {
    for (int i = 0; i < ids.size(); i++) {
      if (ids.get(i) == tokenId) {
        return true;
      }
    }
    return false;
  }
}
