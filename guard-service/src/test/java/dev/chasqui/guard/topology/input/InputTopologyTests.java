package dev.chasqui.guard.topology.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.chasqui.engine.api.ScoreEvent;
import dev.chasqui.events.AdmissionEvent;
import dev.chasqui.events.AdmissionType;
import dev.chasqui.events.PromptSubmitted;
import dev.chasqui.events.ResponseEvent;
import dev.chasqui.events.ResponseType;
import dev.chasqui.events.SafetyVerdict;
import dev.chasqui.events.StopCause;
import dev.chasqui.events.VerdictOutcome;
import dev.chasqui.events.VerdictSubject;
import dev.chasqui.guard.topology.GuardDriver;
import dev.chasqui.guard.topology.GuardObserver;
import dev.chasqui.schemas.deadletter.DeadLetter;
import dev.chasqui.schemas.topics.TopicRole;
import dev.chasqui.stream.CommitPace;
import dev.chasqui.stream.Reopenable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InputTopologyTests {

  @TempDir Path directory;
  private GuardDriver guard;
  private InputTopology topology;

  @BeforeEach
  void start() {
    guard = new GuardDriver(directory, GuardDriver.policies(), 4);
    topology = new InputTopology(guard.setup, guard.desk, Retention.DEFAULT, GuardObserver.NONE);
    guard.start(
        topology.build(new CommitPace(Duration.ofMillis(50)), Reopenable::of), TopicRole.PROMPTS);
  }

  @AfterEach
  void close() {
    guard.close();
    topology.close();
  }

  @Test
  void admitsASafePromptToThePoolOfItsModel() {
    submit(Prompts.prompt("a").build());
    assertThat(guard.admissions("small")).isEmpty();

    guard.engine.safe();
    guard.turn();

    AdmissionEvent admission = only(guard.admissions("small"));
    assertThat(admission.getType()).isEqualTo(AdmissionType.ADMITTED);
    assertThat(admission.getAdmitted().getPrompt()).isEqualTo(Prompts.prompt("a").build());
    assertThat(admission.getAdmitted().getPolicy().getPolicyId()).isEqualTo("default");
    assertThat(guard.admissions("large")).isEmpty();
    assertThat(guard.responses()).isEmpty();
    assertThat(guard.stored("pending")).isZero();
  }

  @Test
  void writesAVerdictThatNamesPolicyModelAndFormat() {
    submit(Prompts.prompt("a").build());
    guard.pass(Duration.ofMillis(40));
    guard.engine.safe();
    guard.turn();

    SafetyVerdict verdict = only(guard.verdicts());
    assertThat(verdict.getSubject()).isEqualTo(VerdictSubject.PROMPT);
    assertThat(verdict.getOutcome()).isEqualTo(VerdictOutcome.SAFE);
    assertThat(verdict.getAdmitted()).isTrue();
    assertThat(verdict.getScore()).isCloseTo(0.0101, within(1e-4));
    assertThat(verdict.getVerdictMass()).isCloseTo(0.99, within(1e-6));
    assertThat(verdict.getPolicy().getHash()).hasSize(64);
    assertThat(verdict.getGuardModelHash()).isEqualTo("m0de1");
    assertThat(verdict.getTemplateHash()).hasSize(64);
    assertThat(verdict.getLatencyMs()).isEqualTo(45);
  }

  @Test
  void rejectsAnUnsafePrompt() {
    submit(Prompts.prompt("a").build());
    guard.engine.unsafe();
    guard.turn();

    ResponseEvent response = only(guard.responses());
    assertThat(response.getType()).isEqualTo(ResponseType.REJECTED);
    assertThat(response.getRejected().getCode()).isEqualTo("unsafe-prompt");
    assertThat(response.getMetadata()).isEqualTo(Map.of("label", "x"));
    assertThat(response.getPolicy().getPolicyId()).isEqualTo("default");
    assertThat(only(guard.verdicts()).getOutcome()).isEqualTo(VerdictOutcome.UNSAFE);
    assertThat(guard.admissions("small")).isEmpty();
  }

  @Test
  void answersARepeatWithADuplicateVerdictOnly() {
    admit("a");

    submit(Prompts.prompt("a").setSubmitTime(GuardDriver.BEGIN.plusSeconds(5)).build());
    guard.turn();

    SafetyVerdict verdict = only(guard.verdicts());
    assertThat(verdict.getOutcome()).isEqualTo(VerdictOutcome.DUPLICATE);
    assertThat(verdict.getAdmitted()).isFalse();
    assertThat(verdict.getReason()).contains("ADMITTED");
    assertThat(guard.admissions("small")).isEmpty();
    assertThat(guard.responses()).isEmpty();
    assertThat(guard.engine.asked).hasSize(1);
  }

  @Test
  void putsOtherContentUnderAKnownIdAside() {
    admit("a");

    submit(Prompts.prompt("a").setRawPrompt("Hello").setMessages(List.of()).build());

    assertThat(deadLetter().code()).isEqualTo("request-id-in-use");
    assertThat(guard.responses()).isEmpty();
    assertThat(guard.verdicts()).isEmpty();
  }

  @Test
  void forgetsAnIdAfterItsTime() {
    admit("a");
    guard.pass(Retention.DEFAULT.seen().plusSeconds(2));

    submit(Prompts.prompt("a").build());

    assertThat(guard.engine.asked).hasSize(2);
    assertThat(guard.stored("seen")).isEqualTo(1);
  }

  @Test
  void putsUnreadableBytesAsideAsTheyCame() {
    byte[] key = "a".getBytes(StandardCharsets.UTF_8);
    byte[] value = "no avro".getBytes(StandardCharsets.UTF_8);
    RecordHeaders headers = new RecordHeaders();
    headers.add("trace", new byte[] {7});
    guard.pipeBytes(TopicRole.PROMPTS, new TestRecord<>(key, value, headers));
    guard.pipeBytes(TopicRole.CANCELLATIONS, new TestRecord<>(key, value));
    guard.pipeBytes(TopicRole.PROMPTS, new TestRecord<>(key, null));

    List<TestRecord<byte[], byte[]>> letters = guard.deadLetters();
    assertThat(letters).hasSize(3);
    assertThat(letters.getFirst().key()).isEqualTo(key);
    assertThat(letters.getFirst().value()).isEqualTo(value);
    assertThat(letters.getFirst().headers().lastHeader("trace").value()).isEqualTo(new byte[] {7});
    assertThat(DeadLetter.read(letters.getFirst().headers()).orElseThrow().code())
        .isEqualTo("malformed-record");
    assertThat(letters.get(2).value()).isNull();
    assertThat(DeadLetter.read(letters.get(2).headers()).orElseThrow().code())
        .isEqualTo("empty-record");
  }

  @Test
  void putsAPromptUnderAnotherKeyAside() {
    guard.pipe(TopicRole.PROMPTS, "b", Prompts.prompt("a").build());
    assertThat(deadLetter().message()).contains("\"b\"").contains("\"a\"");

    guard.pipe(TopicRole.PROMPTS, "", Prompts.prompt("").build());
    assertThat(deadLetter().message()).contains("1 to 256");

    guard.pipe(TopicRole.CANCELLATIONS, "b", Prompts.cancel("a"));
    assertThat(deadLetter().code()).isEqualTo("invalid-request-id");
    assertThat(guard.stored("seen")).isZero();
  }

  @Test
  void cancelsAPendingPrompt() {
    submit(Prompts.prompt("a").build());

    cancel("a");

    ResponseEvent response = only(guard.responses());
    assertThat(response.getType()).isEqualTo(ResponseType.CANCELLED);
    assertThat(response.getCancelled().getReason()).isEqualTo("changed my mind");
    assertThat(guard.engine.cancelled).containsExactly("a");
    assertThat(guard.desk.turnstile().inside()).isZero();
    guard.turn();
    assertThat(guard.verdicts()).isEmpty();
  }

  @Test
  void stopsAnAdmittedPromptBehindItsAdmission() {
    admit("a");

    cancel("a");

    AdmissionEvent stop = only(guard.admissions("small"));
    assertThat(stop.getType()).isEqualTo(AdmissionType.STOP);
    assertThat(stop.getStop().getCause()).isEqualTo(StopCause.CANCELLED);
    assertThat(stop.getStop().getReason()).isEqualTo("changed my mind");
    assertThat(guard.responses()).isEmpty();
  }

  @Test
  void ignoresACancellationOfWhatHasEnded() {
    submit(Prompts.prompt("a").build());
    guard.engine.unsafe();
    guard.turn();
    guard.responses();

    cancel("a");
    cancel("a");

    assertThat(guard.responses()).isEmpty();
    assertThat(guard.admissions("small")).isEmpty();
  }

  @Test
  void keepsACancellationAheadOfItsPrompt() {
    cancel("a");
    submit(Prompts.prompt("a").build());

    assertThat(only(guard.responses()).getType()).isEqualTo(ResponseType.CANCELLED);
    assertThat(guard.engine.asked).isEmpty();
    assertThat(guard.stored("early-cancels")).isZero();
  }

  @Test
  void forgetsAnEarlyCancellationAfterItsTime() {
    cancel("a");
    guard.pass(Retention.DEFAULT.earlyCancels().plusSeconds(2));

    submit(Prompts.prompt("a").build());

    assertThat(guard.engine.asked).hasSize(1);
  }

  @Test
  void expiresAPromptThatWaitsTooLong() {
    submit(Prompts.prompt("a").setDeadline(GuardDriver.BEGIN.plusSeconds(3)).build());
    guard.pass(Duration.ofSeconds(2));
    assertThat(guard.responses()).isEmpty();

    guard.pass(Duration.ofSeconds(1));

    ResponseEvent response = only(guard.responses());
    assertThat(response.getType()).isEqualTo(ResponseType.EXPIRED);
    assertThat(response.getExpired().getDeadline()).isEqualTo(GuardDriver.BEGIN.plusSeconds(3));
    assertThat(guard.engine.cancelled).containsExactly("a");
    assertThat(guard.stored("pending")).isZero();
  }

  @Test
  void expiresAPromptThatComesTooLate() {
    submit(Prompts.prompt("a").setDeadline(GuardDriver.BEGIN.minusSeconds(1)).build());

    assertThat(only(guard.responses()).getType()).isEqualTo(ResponseType.EXPIRED);
    assertThat(guard.engine.asked).isEmpty();
  }

  @Test
  void failsAlonePromptsTooLargeForTheStore() {
    submit(Prompts.prompt("a").setRawPrompt("x".repeat(30_000)).setMessages(List.of()).build());
    submit(Prompts.prompt("b").build());

    ResponseEvent response = only(guard.responses());
    assertThat(response.getRequestId()).isEqualTo("a");
    assertThat(response.getRejected().getCode()).isEqualTo("request-too-large");
    assertThat(response.getRejected().getMessage()).contains("20,000");
    assertThat(guard.engine.asked).hasSize(1);
  }

  @Test
  void endsAPromptWhoseLabelsDoNotFitIntoItsEnd() {
    submit(Prompts.prompt("a").setMetadata(Map.of("label", "x".repeat(30_000))).build());

    ResponseEvent response = only(guard.responses());
    assertThat(response.getType()).isEqualTo(ResponseType.FAILED);
    assertThat(response.getFailed().getCode()).isEqualTo("request-too-large");
  }

  @Test
  void asksAgainForPendingPromptsAfterARestart() {
    submit(Prompts.prompt("a").build());
    submit(Prompts.prompt("b").build());
    guard.restart();
    guard.turn();

    assertThat(guard.engine.cancelled).containsExactlyInAnyOrder("a", "b");
    assertThat(guard.engine.open).hasSize(2);
    guard.engine.safe();
    guard.engine.safe();
    guard.turn();
    assertThat(guard.admissions("small"))
        .extracting(AdmissionEvent::getRequestId)
        .containsExactly("a", "b");
    assertThat(guard.verdicts()).hasSize(2);
  }

  @Test
  void dropsAVerdictOfAnAbortedTransaction() {
    submit(Prompts.prompt("a").build());
    var committed = guard.commit();
    guard.engine.safe();
    guard.restart(committed);
    guard.turn();

    assertThat(guard.admissions("small")).isEmpty();
    assertThat(guard.engine.open).hasSize(1);
    guard.engine.unsafe();
    guard.turn();
    assertThat(only(guard.responses()).getType()).isEqualTo(ResponseType.REJECTED);
  }

  @Test
  void letsTheRestWaitInTheStoreWhenTheGuardIsFull() {
    for (int i = 0; i < 6; i++) {
      submit(Prompts.prompt("p" + i).build());
    }
    assertThat(guard.engine.open).hasSize(4);
    assertThat(guard.stored("pending")).isEqualTo(6);

    guard.engine.safe();
    guard.turn();

    assertThat(guard.engine.open).hasSize(4);
    assertThat(guard.engine.asked).hasSize(5);
  }

  @Test
  void failsClosedWhenTheGuardIsSilent() {
    submit(Prompts.prompt("a").build());
    guard.pass(Duration.ofSeconds(30));

    assertThat(only(guard.responses()).getRejected().getCode()).isEqualTo("undecided");
    assertThat(only(guard.verdicts()).getReason()).contains("within PT30S");
    assertThat(guard.engine.cancelled).containsExactly("a");
    assertThat(guard.desk.turnstile().inside()).isZero();
  }

  @Test
  void failsClosedWhateverTheGuardCannotDecide() {
    List<Runnable> failures =
        List.of(
            () -> guard.engine.undecided(),
            () -> guard.engine.score(Double.NaN, 0.5),
            () -> guard.engine.score(0, 0),
            () -> guard.engine.tooLong(),
            () -> guard.engine.answer(new ScoreEvent.Failed("device-lost", "cuda:0 is gone")));
    for (int i = 0; i < failures.size(); i++) {
      submit(Prompts.prompt("p" + i).build());
      failures.get(i).run();
      guard.turn();

      SafetyVerdict verdict = only(guard.verdicts());
      assertThat(verdict.getOutcome()).isEqualTo(VerdictOutcome.UNDECIDED);
      assertThat(verdict.getAdmitted()).isFalse();
      assertThat(verdict.getReason()).isNotBlank();
      assertThat(only(guard.responses()).getRejected().getCode()).isEqualTo("undecided");
    }
    assertThat(guard.admissions("small")).isEmpty();
  }

  @Test
  void failsClosedWhenTheEngineIsGone() {
    guard.engine.broken = true;
    submit(Prompts.prompt("a").build());
    guard.turn();

    assertThat(only(guard.responses()).getRejected().getMessage()).contains("the device is gone");
    assertThat(only(guard.verdicts()).getAdmitted()).isFalse();
  }

  @Test
  void admitsWhatIsUndecidedUnderDemoOpenAndSaysSo() {
    submit(Prompts.prompt("a").setTenant("demo").build());
    guard.engine.undecided();
    guard.turn();

    SafetyVerdict verdict = only(guard.verdicts());
    assertThat(verdict.getOutcome()).isEqualTo(VerdictOutcome.UNDECIDED);
    assertThat(verdict.getAdmitted()).isTrue();
    assertThat(verdict.getReason()).contains("0.000900");
    assertThat(verdict.getPolicy().getPolicyId()).isEqualTo("open");
    assertThat(only(guard.admissions("small")).getType()).isEqualTo(AdmissionType.ADMITTED);
  }

  @Test
  void stopsWhatIsUnsafeUnderDemoOpenToo() {
    submit(Prompts.prompt("a").setTenant("demo").build());
    guard.engine.unsafe();
    guard.turn();

    assertThat(only(guard.responses()).getRejected().getCode()).isEqualTo("unsafe-prompt");
  }

  private void submit(PromptSubmitted prompt) {
    guard.pipe(TopicRole.PROMPTS, prompt.getRequestId(), prompt);
  }

  private void cancel(String id) {
    guard.pipe(TopicRole.CANCELLATIONS, id, Prompts.cancel(id));
  }

  private void admit(String id) {
    submit(Prompts.prompt(id).build());
    guard.engine.safe();
    guard.turn();
    assertThat(guard.admissions("small")).hasSize(1);
    guard.verdicts();
  }

  private DeadLetter deadLetter() {
    return DeadLetter.read(only(guard.deadLetters()).headers()).orElseThrow();
  }

  private static <T> T only(List<T> records) {
    assertThat(records).hasSize(1);
    return records.getFirst();
  }
}
