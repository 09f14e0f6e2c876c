package dev.chasqui.guard.topology.output;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.engine.api.ScoreEvent;
import dev.chasqui.events.AdmissionType;
import dev.chasqui.events.FinishReason;
import dev.chasqui.events.Message;
import dev.chasqui.events.PromptSubmitted;
import dev.chasqui.events.ReleaseMode;
import dev.chasqui.events.ResponseEvent;
import dev.chasqui.events.ResponseType;
import dev.chasqui.events.Role;
import dev.chasqui.events.SafetyVerdict;
import dev.chasqui.events.Sampling;
import dev.chasqui.events.VerdictOutcome;
import dev.chasqui.events.VerdictSubject;
import dev.chasqui.guard.policy.Policies;
import dev.chasqui.guard.policy.Policy;
import dev.chasqui.guard.policy.PolicySource;
import dev.chasqui.guard.topology.GuardDriver;
import dev.chasqui.guard.topology.input.InputGuard;
import dev.chasqui.guard.topology.judging.GuardDesk;
import dev.chasqui.schemas.topics.TopicRole;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.kafka.common.utils.Bytes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever keeps the guard from deciding, nothing passes, and the verdict says why. */
class FailClosedTests {

  private static final Policy GOING = PolicySource.parse("going", "id=going\nrelease-mode=retract");

  @TempDir Path directory;
  private final List<AutoCloseable> opened = new ArrayList<>();
  private GuardDriver guard;

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable each : opened.reversed()) {
      each.close();
    }
  }

  /** What goes wrong, and what the verdict says of it. */
  enum Failure {
    ENGINE_DOWN("the device is gone", guard -> {}),
    ENGINE_FAILED(
        "device-lost: cuda:0",
        guard -> guard.engine.answer(new ScoreEvent.Failed("device-lost", "cuda:0 is gone"))),
    TIME_OUT("within PT30S", guard -> guard.pass(Duration.ofSeconds(30))),
    NAN_FOR_SAFE("NaN", guard -> guard.engine.score(Double.NaN, 0.5)),
    NAN_FOR_UNSAFE("NaN", guard -> guard.engine.score(0.5, Double.NaN)),
    NO_PROBABILITY("-Infinity", guard -> guard.engine.score(0, 0)),
    MORE_THAN_ALL("log-probabilities", guard -> guard.engine.score(1.5, 0.1)),
    NO_VERDICT_TOKEN("0.000900", guard -> guard.engine.undecided()),
    TOO_LONG("context-length-exceeded", guard -> guard.engine.tooLong()),
    POLICY_GONE(
        "policy of the request is not here",
        guard -> guard.pass(GuardDesk.USUAL_POLICY_WAIT.plusSeconds(1)));

    private final String reason;
    private final Consumer<GuardDriver> happen;

    Failure(String reason, Consumer<GuardDriver> happen) {
      this.reason = reason;
      this.happen = happen;
    }
  }

  static Stream<Arguments> answers() {
    return Arrays.stream(Failure.values())
        .flatMap(failure ->
            Stream.of(ReleaseMode.FULL, ReleaseMode.WINDOW, ReleaseMode.RETRACT)
                .map(mode -> Arguments.of(failure, mode)));
  }

  @ParameterizedTest
  @MethodSource("answers")
  void releasesNothing(Failure failure, ReleaseMode mode) throws IOException {
    openForAnswers(failure == Failure.POLICY_GONE ? Policies.builtIn() : policies());
    guard.engine.broken = failure == Failure.ENGINE_DOWN;
    guard.pipe(
        TopicRole.GENERATIONS,
        "a",
        Generations.started("a", Generations.start(policies(), "shop", mode).build()));
    guard.pipe(TopicRole.GENERATIONS, "a", Generations.tokens("a", 0, 40));
    guard.pipe(TopicRole.GENERATIONS, "a", Generations.finished("a", FinishReason.STOP));

    failure.happen.accept(guard);
    guard.turn();

    List<ResponseEvent> responses = guard.responses();
    boolean wasShown = mode == ReleaseMode.RETRACT && failure != Failure.POLICY_GONE;
    assertThat(Seen.of(responses))
        .containsExactlyElementsOf(
            wasShown ? List.of("0[0-40)?", "0<0", "undecided") : List.of("undecided"));
    assertVerdict(failure, VerdictSubject.RESPONSE);
  }

  @ParameterizedTest
  @MethodSource("failures")
  void admitsNothing(Failure failure) throws IOException {
    Map<String, Map<Bytes, byte[]>> left =
        failure == Failure.POLICY_GONE ? pendingUnderAPolicyThatGoes() : Map.of();
    openForPrompts(Policies.builtIn());
    guard.engine.broken = failure == Failure.ENGINE_DOWN;
    if (failure == Failure.POLICY_GONE) {
      guard.restart(left);
      guard.turn();
    } else {
      guard.pipe(TopicRole.PROMPTS, "a", prompt("a").build());
    }

    failure.happen.accept(guard);
    guard.turn();

    ResponseEvent end = only(guard.responses());
    assertThat(end.getType()).isEqualTo(ResponseType.REJECTED);
    assertThat(end.getRejected().getCode()).isEqualTo("undecided");
    assertThat(end.getRejected().getMessage()).contains(failure.reason);
    assertThat(guard.admissions("small"))
        .noneMatch(admission -> admission.getType() == AdmissionType.ADMITTED);
    assertVerdict(failure, VerdictSubject.PROMPT);
  }

  static Stream<Failure> failures() {
    return Arrays.stream(Failure.values());
  }

  private void assertVerdict(Failure failure, VerdictSubject subject) {
    SafetyVerdict verdict = only(guard.verdicts());
    assertThat(verdict.getSubject()).isEqualTo(subject);
    assertThat(verdict.getOutcome()).isEqualTo(VerdictOutcome.UNDECIDED);
    assertThat(verdict.getAdmitted()).isFalse();
    assertThat(verdict.getReason()).contains(failure.reason);
  }

  private void openForAnswers(Policies policies) throws IOException {
    OutputGuard out = new OutputGuard(fresh(), policies);
    opened.add(out);
    guard = out.driver;
  }

  private void openForPrompts(Policies policies) throws IOException {
    InputGuard in = new InputGuard(fresh(), policies);
    opened.add(in);
    guard = in.driver;
  }

  private Path fresh() throws IOException {
    return Files.createDirectory(directory.resolve("guard-" + opened.size()));
  }

  private static Policies policies() {
    List<Policy> all = new ArrayList<>(PolicySource.builtIn());
    all.add(GOING);
    return Policies.of(all, Map.of("shop", GOING.id()), Policies.DEFAULT_ID);
  }

  /** What a service leaves that stops before the guard answers. */
  private Map<String, Map<Bytes, byte[]>> pendingUnderAPolicyThatGoes() throws IOException {
    openForPrompts(policies());
    guard.pipe(TopicRole.PROMPTS, "a", prompt("a").setPolicyId(GOING.id()).build());
    return guard.commit();
  }

  private static PromptSubmitted.Builder prompt(String id) {
    return PromptSubmitted.newBuilder()
        .setRequestId(id)
        .setModel("smol")
        .setMessages(List.of(new Message(Role.USER, "Hello")))
        .setSampling(Sampling.newBuilder().build())
        .setSubmitTime(GuardDriver.BEGIN);
  }

  private static <T> T only(List<T> records) {
    assertThat(records).hasSize(1);
    return records.getFirst();
  }
}
