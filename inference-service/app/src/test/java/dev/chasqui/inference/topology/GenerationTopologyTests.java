package dev.chasqui.inference.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.engine.api.FinishReason;
import dev.chasqui.engine.api.TokenIds;
import dev.chasqui.events.GenerationEvent;
import dev.chasqui.events.GenerationType;
import dev.chasqui.events.Message;
import dev.chasqui.events.Role;
import dev.chasqui.events.Stop;
import dev.chasqui.events.StopCause;
import dev.chasqui.events.Timings;
import dev.chasqui.events.Usage;
import dev.chasqui.inference.ScriptedEngine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GenerationTopologyTests {

  private final Generation generation;
  private final ScriptedEngine engine;

  GenerationTopologyTests(@TempDir Path directory) throws IOException {
    generation = new Generation(directory, 4, 1 << 20);
    engine = generation.engine;
  }

  @AfterEach
  void close() {
    generation.close();
  }

  @Test
  void answersWithStartedThenTokensThenOneTerminalEvent() {
    generation.admit("r");
    engine.call("r").tokens(1, 2);
    generation.turn();
    engine.call("r").tokens(3);
    engine.call("r").finish(FinishReason.STOP);
    generation.turn();

    List<GenerationEvent> events = generation.events();
    assertThat(events)
        .extracting(GenerationEvent::getType)
        .containsExactly(
            GenerationType.STARTED,
            GenerationType.TOKENS,
            GenerationType.TOKENS,
            GenerationType.FINISHED);
    assertThat(events.get(1).getTokens().getSequence()).isZero();
    assertThat(events.get(2).getTokens().getSequence()).isEqualTo(2);
    assertThat(events.get(2).getTokens().getTokenIds()).containsExactly(3);
    assertThat(events.get(3).getFinished().getUsage()).isEqualTo(new Usage(3, 1, 3));
    assertThat(events.get(3).getFinished().getTimings()).isEqualTo(new Timings(1L, 2L, 3L));
    assertStateIsGone();
  }

  @Test
  void goesOnAtTheNextTokenElsewhereWhereADeviceIsLost() {
    generation.admit("r");
    engine.call("r").tokens(1, 2);
    generation.turn();
    engine.call("r").tokens(3);
    engine.loseDevice();
    generation.turn();
    assertThat(engine.calls).as("nobody computes: it waits in the store").hasSize(1);
    assertThat(generation.state().get(Ledger.REQUESTS)).hasSize(1);

    engine.getDevice();
    generation.admit("next"); // whoever comes finds the turnstile open again
    generation.turn();
    assertThat(engine.call("r").request.committed()).isEqualTo(TokenIds.of(1, 2, 3));
    engine.call("r").tokens(4);
    engine.call("r").finish(FinishReason.STOP);
    engine.call("next").finish(FinishReason.STOP);
    generation.turn();

    List<GenerationEvent> ofR =
        generation.events().stream().filter(event -> event.getRequestId().equals("r")).toList();
    assertThat(ofR)
        .extracting(GenerationEvent::getType)
        .containsExactly(
            GenerationType.STARTED,
            GenerationType.TOKENS,
            GenerationType.TOKENS,
            GenerationType.TOKENS,
            GenerationType.FINISHED);
    assertThat(ofR.get(3).getTokens().getSequence()).isEqualTo(3);
    assertStateIsGone();
  }

  @Test
  void opensAnAnswerWithAllThatTheOutputSideNeeds() {
    generation.admit(
        "r", prompt -> prompt.setTenant("acme").setDeadline(Generation.START.plusSeconds(9)));
    engine.call("r").tokens(1);
    generation.turn();

    var started = generation.events().getFirst().getStarted();
    assertThat(started.getTenant()).isEqualTo("acme");
    assertThat(started.getModel()).isEqualTo("tiny");
    assertThat(started.getModelHash()).isEqualTo("hash-1");
    assertThat(started.getTemplateHash()).isEqualTo("template-1");
    assertThat(started.getPool()).isEqualTo("pool");
    assertThat(started.getConversation()).containsExactly(new Message(Role.USER, "hello"));
    assertThat(started.getPolicy().getPolicyId()).isEqualTo("default");
    assertThat(started.getDeadline()).isEqualTo(Generation.START.plusSeconds(9));
  }

  @Test
  void showsARawPromptAsOneTurnWithoutTemplate() {
    generation.admit("r", prompt -> prompt.setMessages(List.of()).setRawPrompt("once upon"));
    engine.call("r").tokens(1);
    generation.turn();

    var started = generation.events().getFirst().getStarted();
    assertThat(started.getConversation()).containsExactly(new Message(Role.USER, "once upon"));
    assertThat(started.getTemplateHash()).isEmpty();
  }

  @Test
  void putsTheTokensOfOneTurnIntoOneRecord() {
    generation.admit("r");
    engine.call("r").tokens(0);
    engine.call("r").tokens(1);
    engine.call("r").tokens(2);
    generation.turn();

    var tokens = generation.events().getLast().getTokens();
    assertThat(tokens.getSequence()).isZero();
    assertThat(tokens.getTokenIds()).containsExactly(0, 1, 2);
    assertThat(tokens.getText()).isEqualTo("abc");
  }

  @Test
  void forwardsNothingBeforeTheFirstToken() {
    generation.admit("r");
    generation.turn();
    assertThat(generation.events()).isEmpty();
    assertThat(generation.state().get(Ledger.REQUESTS)).hasSize(1);
  }

  @Test
  void goesOnBehindTheLastCommittedTokenAfterAnAbort() {
    generation.admit("r");
    engine.call("r").tokens(1, 2);
    generation.turn();
    var committed = generation.state();
    engine.call("r").tokens(3);
    generation.turn();
    generation.events();
    ScriptedEngine.Call before = engine.call("r");

    generation.abortTo(committed);
    generation.turn();
    before.tokens(4);
    generation.turn();

    assertThat(before.cancelled).isTrue();
    assertThat(generation.events()).isEmpty();
    ScriptedEngine.Call after = engine.call("r");
    assertThat(after.request.committed()).isEqualTo(TokenIds.of(1, 2));
    assertThat(after.request.sampling().seed()).isEqualTo(before.request.sampling().seed());
    after.tokens(3);
    after.finish(FinishReason.LENGTH);
    generation.turn();
    List<GenerationEvent> events = generation.events();
    assertThat(events)
        .extracting(GenerationEvent::getType)
        .containsExactly(GenerationType.TOKENS, GenerationType.FINISHED);
    assertThat(events.getFirst().getTokens().getSequence()).isEqualTo(2);
    assertStateIsGone();
  }

  @Test
  void startsAfreshWhatHadNoCommittedToken() {
    generation.admit("r");
    var committed = generation.state();
    engine.call("r").tokens(1);
    generation.turn();
    generation.events();

    generation.abortTo(committed);
    generation.turn();
    engine.call("r").tokens(1);
    generation.turn();

    assertThat(generation.events())
        .extracting(GenerationEvent::getType)
        .containsExactly(GenerationType.STARTED, GenerationType.TOKENS);
  }

  @Test
  void failsAnAnswerWhoseModelIsNoLongerTheOneThatBeganIt() {
    generation.admit("r");
    engine.call("r").tokens(1);
    generation.turn();
    generation.events();
    engine.changeModel("hash-2");

    generation.abortTo(generation.state());
    generation.turn();

    var failed = generation.events();
    assertThat(failed).hasSize(1);
    assertThat(failed.getFirst().getFailed().getCode()).isEqualTo("model-changed");
    assertThat(failed.getFirst().getFailed().getMessage()).contains("hash-1").contains("hash-2");
    assertStateIsGone();
  }

  @Test
  void answersWithTheAdapterThatThePromptNames() {
    generation.admit("r", prompt -> prompt.setAdapter("poet"));
    generation.admit("plain");
    engine.call("r").tokens(1);
    generation.turn();

    assertThat(engine.call("r").request.adapter()).contains("poet");
    assertThat(engine.call("plain").request.adapter()).isEmpty();
    assertThat(generation.events().getFirst().getStarted().getAdapterHash()).isEqualTo("adapter-1");
  }

  @Test
  void resumesOnlyWithTheAdapterThatBeganTheAnswer() {
    generation.admit("r", prompt -> prompt.setAdapter("poet"));
    engine.call("r").tokens(1);
    generation.turn();
    generation.events();

    generation.abortTo(generation.state());
    generation.turn();
    assertThat(engine.call("r").request.committed().size()).isEqualTo(1);
    assertThat(engine.call("r").request.adapter()).contains("poet");

    engine.changeAdapter("adapter-2");
    generation.abortTo(generation.state());
    generation.turn();

    var failed = generation.events();
    assertThat(failed).hasSize(1);
    assertThat(failed.getFirst().getFailed().getCode()).isEqualTo("model-changed");
    assertThat(failed.getFirst().getFailed().getMessage())
        .contains("hash-1 with adapter adapter-1")
        .contains("hash-1 with adapter adapter-2");
    assertStateIsGone();
  }

  @Test
  void stopsARunningAnswerAtOnce() {
    generation.admit("r");
    engine.call("r").tokens(1);
    generation.turn();
    generation.events();

    generation.stop("r", "changed my mind");
    engine.call("r").tokens(2);
    engine.call("r").finish(FinishReason.CANCELLED);
    generation.turn();

    assertThat(engine.call("r").cancelled).isTrue();
    List<GenerationEvent> events = generation.events();
    assertThat(events).hasSize(1);
    var finished = events.getFirst().getFinished();
    assertThat(finished.getReason()).isEqualTo(dev.chasqui.events.FinishReason.CANCELLED);
    assertThat(finished.getStopReason()).isEqualTo("changed my mind");
    assertThat(finished.getUsage()).isEqualTo(new Usage(3, 0, 1));
    assertStateIsGone();
  }

  @Test
  void passesACancellationOnThatComesBehindTheEnd() {
    generation.admit("r");
    engine.call("r").tokens(1);
    engine.call("r").finish(FinishReason.STOP);
    generation.turn();

    generation.stop("r", "changed my mind");

    GenerationEvent last = generation.events().getLast();
    assertThat(last.getType()).isEqualTo(GenerationType.STOP_MISSED);
    assertThat(last.getStopMissed().getReason()).isEqualTo("changed my mind");
    assertThat(generation.deadLetters.isEmpty()).isTrue();
    assertStateIsGone();
  }

  @Test
  void ignoresAStopOfTheGuardForWhatHasEnded() {
    generation.stop("nobody", new Stop(StopCause.UNSAFE, "unsafe-response"));
    generation.turn();
    assertThat(generation.events()).isEmpty();
    assertThat(generation.deadLetters.isEmpty()).isTrue();
  }

  @Test
  void stopsAResumedAnswerThatWaitsWithoutOpeningItAgain() {
    generation.admit("r");
    engine.call("r").tokens(1, 2);
    generation.turn();
    generation.events();

    generation.abortTo(generation.state());
    generation.stop("r", "late");
    generation.turn();

    List<GenerationEvent> events = generation.events();
    assertThat(events).hasSize(1);
    assertThat(events.getFirst().getFinished().getUsage().getCompletionTokens()).isEqualTo(2);
    assertThat(engine.calls).hasSize(1);
  }

  @Test
  void expiresARunningAnswer() {
    generation.admit("r", prompt -> prompt.setDeadline(Generation.START.plusSeconds(1)));
    engine.call("r").tokens(1);
    generation.turn();
    generation.events();

    generation.passTime(Duration.ofSeconds(1));

    var finished = generation.events().getFirst().getFinished();
    assertThat(finished.getReason()).isEqualTo(dev.chasqui.events.FinishReason.EXPIRED);
    assertThat(finished.getUsage()).isEqualTo(new Usage(3, 0, 1));
    assertThat(engine.call("r").cancelled).isTrue();
    assertStateIsGone();
  }

  @Test
  void passesOnWhyAnEngineFails() {
    generation.admit("r");
    engine.call("r").fail("context-length-exceeded", "too long");
    generation.turn();

    List<GenerationEvent> events = generation.events();
    assertThat(events)
        .extracting(GenerationEvent::getType)
        .containsExactly(GenerationType.STARTED, GenerationType.FAILED);
    assertThat(events.getLast().getFailed().getCode()).isEqualTo("context-length-exceeded");
    assertStateIsGone();
  }

  @Test
  void failsAnAnswerWhoseTokensLeaveAHole() {
    generation.admit("r");
    engine.call("r").skipTo(5);
    engine.call("r").tokens(1);
    generation.turn();
    assertThat(generation.events().getLast().getFailed().getMessage())
        .contains("position 5 where 0 was due");
  }

  @Test
  void takesAnAdmissionOnce() {
    generation.admit("r");
    generation.admit("r");
    generation.turn();
    assertThat(engine.calls).hasSize(1);
  }

  @Test
  void putsAsideWhatItCannotRead() {
    generation.bytes.pipeInput(new byte[] {1}, "no event".getBytes(StandardCharsets.UTF_8));
    assertThat(generation.deadLetters.readValue())
        .isEqualTo("no event".getBytes(StandardCharsets.UTF_8));
  }

  private void assertStateIsGone() {
    assertThat(generation.state().values()).allMatch(Map::isEmpty);
  }
}
