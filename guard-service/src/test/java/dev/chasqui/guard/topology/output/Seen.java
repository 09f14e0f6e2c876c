package dev.chasqui.guard.topology.output;

import dev.chasqui.events.ResponseEvent;
import dev.chasqui.events.TokensReleased;
import java.util.List;

/**
 * Responses in a few characters: {@code 0[32-40)} for tokens of choice 0, {@code 0[32-40)?} for
 * provisional ones, {@code 0<32} where all from 32 on is taken back, and the word of a final.
 */
final class Seen {

  private Seen() {}

  static List<String> of(List<ResponseEvent> responses) {
    return responses.stream().map(Seen::of).toList();
  }

  static String of(ResponseEvent response) {
    return switch (response.getType()) {
      case TOKENS -> of(response.getTokens());
      case RETRACTED ->
          response.getRetracted().getChoice() + "<" + response.getRetracted().getFromSequence();
      case REJECTED -> response.getRejected().getCode();
      case FAILED -> response.getFailed().getCode();
      case FINISHED, CANCELLED, EXPIRED, UNKNOWN -> response.getType().name();
    };
  }

  private static String of(TokensReleased tokens) {
    int from = tokens.getSequence();
    return "%d[%d-%d)%s"
        .formatted(
            tokens.getChoice(),
            from,
            from + tokens.getTokenIds().size(),
            tokens.getProvisional() ? "?" : "");
  }
}
