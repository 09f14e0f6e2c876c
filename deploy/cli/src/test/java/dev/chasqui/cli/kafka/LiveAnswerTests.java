package dev.chasqui.cli.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.cli.terminal.Terminal;
import dev.chasqui.events.ResponseCancelled;
import dev.chasqui.events.ResponseEvent;
import dev.chasqui.events.ResponseRejected;
import dev.chasqui.events.ResponseType;
import dev.chasqui.events.TokensReleased;
import dev.chasqui.events.TokensRetracted;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class LiveAnswerTests {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final Reply reply = new Reply();

  @Test
  void showsAPersonTokensAtOnceAndWhatStandsAfterARetraction() {
    LiveAnswer live = live(true);
    accept(live, provisional(0, "good"));
    accept(live, provisional(1, " bad"));
    assertThat(text(out)).isEqualTo("good bad");

    accept(live, retracted(0, 1));
    accept(live, rejected());

    assertThat(text(out)).isEqualTo("good bad\ngood\n");
    assertThat(text(err))
        .contains("taken back: everything from token 1 on", "of the answer stands:", "rejected");
  }

  @Test
  void saysWhenNothingStands() {
    LiveAnswer live = live(true);
    accept(live, provisional(0, "bad"));
    accept(live, retracted(0, 0));
    accept(live, rejected());

    assertThat(text(out)).isEqualTo("bad\n");
    assertThat(text(err)).contains("nothing of the answer stands");
  }

  @Test
  void givesAFileOnlyWhatStands() {
    LiveAnswer live = live(false);
    accept(live, provisional(0, "good"));
    accept(live, provisional(1, " bad"));
    assertThat(text(out)).isEmpty();

    accept(live, retracted(0, 1));
    accept(live, rejected());

    assertThat(text(out)).isEqualTo("good\n");
    assertThat(text(err)).contains("taken back");
  }

  @Test
  void givesAFileWhatNothingTakesBackAsItComes() {
    LiveAnswer live = live(false);
    accept(live, tokens(0, 0, "good", false));

    assertThat(text(out)).isEqualTo("good");
  }

  @Test
  void showsFurtherAnswersOneAfterTheOther() {
    LiveAnswer live = live(true);
    accept(live, tokens(1, 0, "second", false));
    accept(live, tokens(0, 0, "first", false));
    accept(live, cancelled());

    assertThat(text(out)).isEqualTo("first\nsecond\n");
    assertThat(text(err)).contains("answer 2:");
  }

  private LiveAnswer live(boolean isTerminal) {
    return new LiveAnswer(
        new Terminal(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            isTerminal,
            isTerminal,
            80,
            false));
  }

  private void accept(LiveAnswer live, ResponseEvent event) {
    reply.accept(event);
    live.accept(event, reply);
  }

  private static String text(ByteArrayOutputStream bytes) {
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private static ResponseEvent provisional(int sequence, String text) {
    return tokens(0, sequence, text, true);
  }

  private static ResponseEvent tokens(int choice, int sequence, String text, boolean provisional) {
    return event(ResponseType.TOKENS)
        .setTokens(
            TokensReleased.newBuilder()
                .setChoice(choice)
                .setSequence(sequence)
                .setTokenIds(List.of(7))
                .setText(text)
                .setProvisional(provisional)
                .build())
        .build();
  }

  private static ResponseEvent retracted(int choice, int from) {
    return event(ResponseType.RETRACTED).setRetracted(new TokensRetracted(choice, from)).build();
  }

  private static ResponseEvent rejected() {
    return event(ResponseType.REJECTED)
        .setRejected(new ResponseRejected("unsafe-response", "why", null, List.of()))
        .build();
  }

  private static ResponseEvent cancelled() {
    return event(ResponseType.CANCELLED).setCancelled(new ResponseCancelled("by hand")).build();
  }

  private static ResponseEvent.Builder event(ResponseType type) {
    return ResponseEvent.newBuilder().setRequestId("r").setType(type).setTime(Instant.EPOCH);
  }
}
