package dev.chasqui.inference.topology;

import dev.chasqui.engine.api.GenerationEvent;
import dev.chasqui.engine.api.Logprobs;
import dev.chasqui.engine.api.TokenIds;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One of the answers to a request: how far it is, and tokens not forwarded yet. Belongs to the
 * stream thread.
 */
final class Choice {

  private final Answer answer;
  private final int number;
  private TokenIds gathered = TokenIds.empty();
  private final StringBuilder gatheredText = new StringBuilder();
  private final List<Logprobs> gatheredLogprobs = new ArrayList<>();
  private int nextSequence;
  private Optional<GenerationEvent.Finished> end = Optional.empty();

  Choice(Answer answer, int number) {
    this.answer = answer;
    this.number = number;
  }

  Answer answer() {
    return answer;
  }

  int number() {
    return number;
  }

  /** Tokens that were made known, in this incarnation or before. */
  int knownTokens() {
    return nextSequence;
  }

  /** Learns from the store what an earlier incarnation made known. */
  void recall(int committedTokens) {
    nextSequence = committedTokens;
  }

  /**
   * Takes tokens to be forwarded at the end of the turn.
   *
   * @return whether they go on exactly behind the last ones
   */
  boolean gather(GenerationEvent.Tokens tokens) {
    if (tokens.sequence() != nextSequence + gathered.size()) {
      return false;
    }
    gathered = gathered.isEmpty() ? tokens.tokenIds() : gathered.plus(tokens.tokenIds());
    gatheredText.append(tokens.text());
    gatheredLogprobs.addAll(tokens.logprobs());
    return true;
  }

  int gatheredTokens() {
    return gathered.size();
  }

  /** Returns what was gathered since the last time, perhaps nothing. */
  GenerationEvent.Tokens takeGathered() {
    var tokens =
        new GenerationEvent.Tokens(
            nextSequence, gathered, gatheredText.toString(), gatheredLogprobs);
    nextSequence += gathered.size();
    gathered = TokenIds.empty();
    gatheredText.setLength(0);
    gatheredLogprobs.clear();
    return tokens;
  }

  /** Notes that its engine has ended it. */
  void end(GenerationEvent.Finished finished) {
    end = Optional.of(finished);
  }

  Optional<GenerationEvent.Finished> end() {
    return end;
  }
}
