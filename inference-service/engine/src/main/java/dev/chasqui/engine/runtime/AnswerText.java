package dev.chasqui.engine.runtime;

import dev.chasqui.engine.api.FinishReason;
import dev.chasqui.engine.api.TokenIds;
import dev.chasqui.engine.sample.StopDetector;
import dev.chasqui.engine.tokenize.TokenText;
import java.util.Optional;

/** What the tokens of one answer say, and whether they have said it all. */
final class AnswerText {

  private final TokenText text;
  private final StopDetector stop;

  AnswerText(TokenText text, StopDetector stop) {
    this.text = text;
    this.stop = stop;
  }

  /** Takes the next token and returns the text that may be released with it. */
  String accept(int tokenId) {
    String released = stop.accept(tokenId, text.accept(tokenId));
    return reason().isEmpty() ? released : released + stop.finish(text.finish());
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
}
