package dev.chasqui.engine.runtime;

import dev.chasqui.engine.api.FinishReason;
import dev.chasqui.engine.api.TokenIds;
import dev.chasqui.engine.api.ToolCall;
import dev.chasqui.engine.grammar.GrammarCursor;
import dev.chasqui.engine.sample.StopDetector;
import dev.chasqui.engine.tokenize.TokenText;
import java.util.List;
import java.util.Optional;

/** What the tokens of one answer say, and whether they have said it all. */
final class AnswerText {

  private final TokenText text;
  private final StopDetector stop;
  private final Optional<GrammarCursor> grammar;
  private final Optional<ToolCallText> calls;

  /**
   * Begins an answer.
   *
   * @param text makes text of tokens
   * @param stop tells when it ends
   * @param grammar moved along with its tokens, where the answer has a grammar
   * @param calls collects calls of tools, where tools were offered
   */
  AnswerText(
      TokenText text,
      StopDetector stop,
      Optional<GrammarCursor> grammar,
      Optional<ToolCallText> calls) {
    this.text = text;
    this.stop = stop;
    this.grammar = grammar;
    this.calls = calls;
  }

  /** Takes the next token and returns the text that may be released with it. */
  String accept(int tokenId) {
    String released = stop.accept(tokenId, text.accept(tokenId));
    grammar.ifPresent(cursor -> advance(cursor, tokenId));
    String all = reason().isEmpty() ? released : released + stop.finish(text.finish());
    calls.ifPresent(collected -> collected.accept(tokenId, all));
    return all;
  }

  private void advance(GrammarCursor cursor, int tokenId) {
    cursor.accept(tokenId);
    if (cursor.isComplete()) {
      stop.complete();
    }
  }

  /** Takes tokens whose text was released before, as far as the answer goes. */
  void replay(TokenIds committed) {
    for (int i = 0; i < committed.size() && reason().isEmpty(); i++) {
      accept(committed.get(i));
    }
  }

  Optional<FinishReason> reason() {
    return stop.reason();
  }

  /** Returns the calls of tools that the answer is, if it is nothing else. */
  List<ToolCall> toolCalls() {
    return calls.map(ToolCallText::calls).orElse(List.of());
  }
}
