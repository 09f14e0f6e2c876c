package dev.chasqui.guard.topology.output;

import static dev.chasqui.guard.topology.output.Generations.finished;
import static dev.chasqui.guard.topology.output.Generations.text;
import static dev.chasqui.guard.topology.output.Generations.tokens;
import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.events.FinishReason;
import dev.chasqui.events.GenerationEvent;
import dev.chasqui.events.ReleaseMode;
import dev.chasqui.events.ResponseEvent;
import dev.chasqui.events.ResponseType;
import dev.chasqui.events.SafetyVerdict;
import dev.chasqui.events.TokenAlternatives;
import dev.chasqui.events.TokensGenerated;
import dev.chasqui.events.TokensReleased;
import dev.chasqui.events.VerdictWindow;
import dev.chasqui.guard.topology.GuardDriver;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several answers to one prompt: each is judged and released by itself. */
class ChoicesTests {

  @TempDir Path directory;
  private OutputGuard out;
  private GuardDriver guard;

  @BeforeEach
  void open() {
    out = new OutputGuard(directory);
    guard = out.driver;
    out.begin("a", out.start(ReleaseMode.WINDOW).setChoices(3).build());
  }

  @AfterEach
  void close() {
    out.close();
  }

  private void safe(int times) {
    for (int i = 0; i < times; i++) {
      guard.engine.safe();
      guard.turn();
    }
  }

  private static List<Integer> released(List<ResponseEvent> responses, int choice) {
    return responses.stream()
        .filter(response -> response.getType() == ResponseType.TOKENS)
        .map(ResponseEvent::getTokens)
        .filter(tokens -> tokens.getChoice() == choice)
        .flatMap(tokens -> tokens.getTokenIds().stream())
        .toList();
  }

  @Test
  void judgesOneChoiceAfterTheOtherAndReleasesEach() {
    out.send(tokens("a", 1, 0, 32), tokens("a", 0, 0, 33), tokens("a", 2, 0, 5));
    assertThat(guard.engine.open.peek().conversation()).endsWith("Agent: " + text(0, 32));
    safe(2);
    assertThat(guard.verdicts())
        .extracting(SafetyVerdict::getWindow)
        .containsExactly(new VerdictWindow(1, 0, 32), new VerdictWindow(0, 0, 33));
    List<ResponseEvent> responses = guard.responses();
    assertThat(released(responses, 0)).hasSize(33);
    assertThat(released(responses, 1)).hasSize(32);
    assertThat(released(responses, 2)).isEmpty();

    out.send(finished("a", FinishReason.STOP));
    safe(1);
    responses = guard.responses();
    assertThat(released(responses, 2)).containsExactly(0, 1, 2, 3, 4);
    assertThat(responses.getLast().getType()).isEqualTo(ResponseType.FINISHED);
    out.assertNothingStored();
  }

  @Test
  void oneUnsafeChoiceStopsThemAll() {
    out.send(tokens("a", 0, 0, 32), tokens("a", 2, 0, 40));
    safe(1);
    guard.engine.unsafe();
    guard.turn();

    List<ResponseEvent> responses = guard.responses();
    assertThat(released(responses, 0)).hasSize(32);
    assertThat(released(responses, 2)).isEmpty();
    assertThat(responses.getLast().getRejected().getCode()).isEqualTo("unsafe-response");
  }

  @Test
  void goesOnWithEachChoiceWhereItWasAfterARestart() {
    out.send(tokens("a", 0, 0, 32), tokens("a", 1, 0, 33));
    safe(2);
    guard.responses();
    out.send(tokens("a", 1, 33, 50), tokens("a", 0, 32, 40), tokens("a", 2, 0, 3));
    guard.restart();
    out.send(finished("a", FinishReason.LENGTH));
    safe(3);

    List<ResponseEvent> responses = guard.responses();
    assertThat(released(responses, 0)).containsExactly(32, 33, 34, 35, 36, 37, 38, 39);
    assertThat(released(responses, 1)).hasSize(17).startsWith(33);
    assertThat(released(responses, 2)).containsExactly(0, 1, 2);
    assertThat(responses.getLast().getType()).isEqualTo(ResponseType.FINISHED);
  }

  @Test
  void endsAnAnswerWhoseChoiceHasAHoleOrIsNotOneOfIts() {
    out.send(tokens("a", 1, 3, 5));
    assertThat(guard.responses().getLast().getFailed().getCode()).isEqualTo("sequence-broken");
    out.begin("b", out.start(ReleaseMode.WINDOW).setChoices(3).build());
    out.send(tokens("b", 3, 0, 5));
    assertThat(guard.responses().getLast().getFailed().getMessage()).contains("choice 3");
  }

  @Test
  void releasesLogProbabilitiesWithTheirTokens() {
    GenerationEvent chunk = tokens("a", 0, 0, 2);
    TokensGenerated probable =
        TokensGenerated.newBuilder(chunk.getTokens())
            .setLogprobs(List.of(-1f, -2f))
            .setAlternatives(
                List.of(
                    new TokenAlternatives(List.of(9), List.of(-0.5f)),
                    new TokenAlternatives(List.of(1), List.of(-2f))))
            .build();
    out.send(
        GenerationEvent.newBuilder(chunk).setTokens(probable).build(),
        finished("a", FinishReason.STOP));
    safe(1);

    TokensReleased tokens = guard.responses().getFirst().getTokens();
    assertThat(tokens.getLogprobs()).containsExactly(-1f, -2f);
    assertThat(tokens.getAlternatives()).isEqualTo(probable.getAlternatives());
  }
}
