package dev.chasqui.cli.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chasqui.cli.CommandException;
import dev.chasqui.events.ResponseCancelled;
import dev.chasqui.events.ResponseEvent;
import dev.chasqui.events.ResponseRejected;
import dev.chasqui.events.ResponseType;
import dev.chasqui.events.TokensReleased;
import dev.chasqui.events.TokensRetracted;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReplyTests {

  private final Reply reply = new Reply();

  @Test
  void joinsTheTokensOfEachChoice() {
    reply.accept(tokens(0, 0, "Hello", 1, 2));
    reply.accept(tokens(1, 0, "Hi", 9));
    reply.accept(tokens(0, 2, " world", 3));

    assertThat(reply.text(0)).isEqualTo("Hello world");
    assertThat(reply.tokenIds(0)).containsExactly(1, 2, 3);
    assertThat(reply.text(1)).isEqualTo("Hi");
    assertThat(reply.choices()).containsExactly(0, 1);
    assertThat(reply.end()).isEmpty();
  }

  @Test
  void takesRetractedTokensBack() {
    reply.accept(tokens(0, 0, "good", 1));
    reply.accept(tokens(0, 1, " bad", 2, 3));
    reply.accept(retracted(0, 1));

    assertThat(reply.text(0)).isEqualTo("good");
    assertThat(reply.tokenIds(0)).containsExactly(1);
  }

  @Test
  void takesBackOneChoiceAndTellsFromWhere() {
    reply.accept(tokens(0, 0, "kept", 1));
    reply.accept(tokens(1, 0, "bad", 2, 3));
    reply.accept(retracted(1, 0));
    reply.accept(
        event(ResponseType.REJECTED)
            .setRejected(new ResponseRejected("unsafe-response", "why", null, List.of()))
            .build());

    assertThat(reply.text(0)).isEqualTo("kept");
    assertThat(reply.text(1)).isEmpty();
    assertThat(ReplyJson.of(reply).toString())
        .contains("\"text\":\"kept\"", "\"retracted\":[{\"choice\":1,\"from_token\":0}]");
  }

  @Test
  void refusesToTakeBackHalfARecord() {
    reply.accept(tokens(0, 0, "a b", 1, 2));

    assertThatThrownBy(() -> reply.accept(retracted(0, 1)))
        .isInstanceOf(CommandException.class)
        .hasMessageContaining("from token 1, in the middle of the record of tokens 0 to 1");
  }

  @Test
  void refusesAHoleAndARepetition() {
    reply.accept(tokens(0, 0, "a", 1));

    assertThatThrownBy(() -> reply.accept(tokens(0, 2, "c", 3)))
        .isInstanceOf(CommandException.class)
        .hasMessageContaining("token 2 where 1 is next");
    assertThatThrownBy(() -> reply.accept(tokens(0, 0, "a", 1)))
        .isInstanceOf(CommandException.class);
  }

  @Test
  void endsWithAFinalResponse() {
    reply.accept(
        event(ResponseType.CANCELLED)
            .setCancelled(ResponseCancelled.newBuilder().setReason("by hand").build())
            .build());

    assertThat(reply.end().map(Sentences::end)).contains("cancelled: by hand");
    assertThat(ReplyJson.of(reply).toString())
        .isEqualTo(
            "{\"status\":\"cancelled\",\"text\":\"\",\"tokens\":[],\"message\":\"by hand\"}");
  }

  private static ResponseEvent tokens(int choice, int sequence, String text, Integer... ids) {
    return event(ResponseType.TOKENS)
        .setTokens(
            TokensReleased.newBuilder()
                .setChoice(choice)
                .setSequence(sequence)
                .setTokenIds(List.of(ids))
                .setText(text)
                .build())
        .build();
  }

  private static ResponseEvent retracted(int choice, int from) {
    return event(ResponseType.RETRACTED).setRetracted(new TokensRetracted(choice, from)).build();
  }

  private static ResponseEvent.Builder event(ResponseType type) {
    return ResponseEvent.newBuilder().setRequestId("r").setType(type).setTime(Instant.EPOCH);
  }
}
