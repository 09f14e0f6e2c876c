package dev.chasqui.guard.topology.output;

import static dev.chasqui.guard.topology.output.Generations.failed;
import static dev.chasqui.guard.topology.output.Generations.finished;
import static dev.chasqui.guard.topology.output.Generations.silent;
import static dev.chasqui.guard.topology.output.Generations.text;
import static dev.chasqui.guard.topology.output.Generations.tokens;
import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.events.FinishReason;
import dev.chasqui.events.PolicyReference;
import dev.chasqui.events.ReleaseMode;
import dev.chasqui.events.ResponseEvent;
import dev.chasqui.events.SafetyVerdict;
import dev.chasqui.events.StopCause;
import dev.chasqui.events.VerdictOutcome;
import dev.chasqui.events.VerdictWindow;
import dev.chasqui.guard.topology.GuardDriver;
import dev.chasqui.guard.topology.judging.GuardDesk;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Which records a reader of the responses sees before, at and after an unsafe window. */
class ReleaseModesTests {

  @TempDir Path directory;
  private OutputGuard out;
  private GuardDriver guard;

  @BeforeEach
  void open() {
    out = new OutputGuard(directory);
    guard = out.driver;
  }

  @AfterEach
  void close() {
    out.close();
  }

  private List<String> seen() {
    return Seen.of(guard.responses());
  }

  private void safe() {
    guard.engine.safe();
    guard.turn();
  }

  private void unsafe() {
    guard.engine.unsafe();
    guard.turn();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "FULL    |                    |          |         | unsafe-response",
        "WINDOW  |                    | 0[0-32)  |         | unsafe-response",
        "RETRACT | 0[0-20)? 0[20-32)? |          | 0[32-64)? 0[64-70)? | 0<32 unsafe-response",
        "AUDIT   | 0[0-20) 0[20-32)   |          | 0[32-64) 0[64-70)   | \"\"",
      })
  void showsThisAroundAnUnsafeWindowInTheMiddle(
      ReleaseMode mode, String whileOpen, String whenSafe, String later, String whenUnsafe) {
    out.begin("a", mode);
    out.send(tokens("a", 0, 20), tokens("a", 20, 32));
    assertThat(seen()).containsExactlyElementsOf(words(whileOpen));
    safe();
    assertThat(seen()).containsExactlyElementsOf(words(whenSafe));
    out.send(tokens("a", 32, 64), tokens("a", 64, 70));
    assertThat(seen()).containsExactlyElementsOf(words(later));

    unsafe();

    assertThat(seen()).containsExactlyElementsOf(words(whenUnsafe));
    boolean stops = mode != ReleaseMode.AUDIT;
    assertThat(guard.verdicts().getLast())
        .returns(VerdictOutcome.UNSAFE, SafetyVerdict::getOutcome)
        .returns(!stops, SafetyVerdict::getAdmitted)
        .returns(new VerdictWindow(0, 32, 64), SafetyVerdict::getWindow);
    assertThat(guard.admissions("small"))
        .extracting(stop -> stop.getStop().getCause())
        .containsExactlyElementsOf(stops ? List.of(StopCause.UNSAFE) : List.of());
    out.send(tokens("a", 70, 90));
    assertThat(seen()).containsExactlyElementsOf(stops ? List.of() : List.of("0[70-90)"));
    out.send(finished("a", FinishReason.CANCELLED));
    while (!guard.engine.open.isEmpty()) {
      safe();
    }
    assertThat(seen()).containsExactlyElementsOf(stops ? List.of() : List.of("CANCELLED"));
    out.assertNothingStored();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "FULL    |                     | unsafe-response",
        "WINDOW  |                     | unsafe-response",
        "RETRACT | 0[32-40)? 0[40-41)? | 0<32 unsafe-response",
        "AUDIT   | 0[32-40) 0[40-41)   | FINISHED",
      })
  void showsThisAroundAnUnsafeLastWindow(ReleaseMode mode, String whileOpen, String whenUnsafe) {
    out.begin("a", mode);
    out.send(tokens("a", 0, 32));
    safe();
    seen();
    out.send(tokens("a", 32, 40), silent("a", 40), finished("a", FinishReason.STOP));
    assertThat(seen()).containsExactlyElementsOf(words(whileOpen));

    unsafe();

    assertThat(seen()).containsExactlyElementsOf(words(whenUnsafe));
    assertThat(guard.admissions("small")).isEmpty();
    out.assertNothingStored();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "FULL    | demo | 0[0-10) FINISHED",
        "WINDOW  | demo | 0[0-10) FINISHED",
        "RETRACT | demo | 0[0-10)? FINISHED",
        "AUDIT   | demo | 0[0-10) FINISHED",
        "FULL    | shop | undecided",
        "WINDOW  | shop | undecided",
        "RETRACT | shop | 0[0-10)? 0<0 undecided",
        "AUDIT   | shop | 0[0-10) FINISHED",
      })
  void showsThisWhereTheGuardCannotDecide(ReleaseMode mode, String tenant, String all) {
    out.begin("a", Generations.start(OutputGuard.POLICIES, tenant, mode).build());
    out.send(tokens("a", 0, 10), finished("a", FinishReason.STOP));
    guard.engine.undecided();
    guard.turn();

    assertThat(seen()).containsExactlyElementsOf(words(all));
    assertThat(guard.verdicts())
        .singleElement()
        .returns(VerdictOutcome.UNDECIDED, SafetyVerdict::getOutcome)
        .returns(all.endsWith("FINISHED"), SafetyVerdict::getAdmitted);
  }

  @ParameterizedTest
  @EnumSource(
      value = ReleaseMode.class,
      names = {"RETRACT", "AUDIT"})
  void finishesOnlyAfterTheLastWindowIsJudged(ReleaseMode mode) {
    out.begin("a", mode);
    out.send(tokens("a", 0, 40), finished("a", FinishReason.LENGTH));
    assertThat(seen()).hasSize(1);

    safe();

    assertThat(seen()).containsExactly("FINISHED");
    out.assertNothingStored();
  }

  @Test
  void takesBackWhatIsUnjudgedOfEveryChoice() {
    out.begin("a", out.start(ReleaseMode.RETRACT).setChoices(3).build());
    out.send(tokens("a", 0, 0, 32), tokens("a", 1, 0, 33), tokens("a", 2, 0, 5));
    safe();
    out.send(tokens("a", 1, 33, 40));
    seen();

    unsafe();

    assertThat(seen()).containsExactly("1<0", "2<0", "unsafe-response");
    assertThat(guard.admissions("small")).hasSize(1);
  }

  @Test
  void takesBackNothingOfAChoiceThatIsJudgedWhole() {
    out.begin("a", out.start(ReleaseMode.RETRACT).setChoices(2).build());
    out.send(tokens("a", 0, 0, 32), tokens("a", 1, 0, 33));
    safe();
    seen();

    unsafe();

    assertThat(seen()).containsExactly("1<0", "unsafe-response");
  }

  @Test
  void takesBackWhatIsUnjudgedWhenTheGeneratorFails() {
    out.begin("a", ReleaseMode.RETRACT);
    out.send(tokens("a", 0, 32));
    safe();
    out.send(tokens("a", 32, 40));
    seen();

    out.send(failed("a"));

    assertThat(seen()).containsExactly("0<32", "model-changed");
    assertThat(guard.admissions("small")).isEmpty();
    out.assertNothingStored();
  }

  @Test
  void auditsWhatWasShownOfAnAnswerThatFails() {
    out.begin("a", ReleaseMode.AUDIT);
    out.send(tokens("a", 0, 40), failed("a"));
    assertThat(seen()).containsExactly("0[0-40)");

    unsafe();

    assertThat(seen()).containsExactly("model-changed");
    assertThat(guard.verdicts()).singleElement().returns(true, SafetyVerdict::getAdmitted);
    out.assertNothingStored();
  }

  @ParameterizedTest
  @EnumSource(ReleaseMode.class)
  void judgesACancelledAnswerToItsEnd(ReleaseMode mode) {
    out.begin("a", mode);
    out.send(tokens("a", 0, 8), finished("a", FinishReason.CANCELLED));
    guard.turn();
    unsafe();

    assertThat(seen().getLast())
        .isEqualTo(mode == ReleaseMode.AUDIT ? "CANCELLED" : "unsafe-response");
    assertThat(guard.verdicts()).hasSize(1);
    out.assertNothingStored();
  }

  @ParameterizedTest
  @EnumSource(ReleaseMode.class)
  void showsNothingWithoutThePolicyOfTheRequest(ReleaseMode mode) {
    PolicyReference changed = new PolicyReference("open", 1, "0".repeat(64));
    out.begin("a", out.start(mode).setPolicy(changed).build());
    out.send(tokens("a", 0, 40), tokens("a", 40, 50));
    assertThat(seen()).isEmpty();
    guard.pass(GuardDesk.USUAL_POLICY_WAIT.plusSeconds(1));

    assertThat(seen()).containsExactly("undecided");
    assertThat(guard.engine.asked).isEmpty();
    assertThat(guard.verdicts())
        .singleElement()
        .returns(false, SafetyVerdict::getAdmitted)
        .satisfies(verdict -> assertThat(verdict.getReason()).contains("policy"));
  }

  @Test
  void goesOnWhereReadersAreAfterACrash() {
    out.begin("a", ReleaseMode.RETRACT);
    out.send(tokens("a", 0, 32));
    safe();
    out.send(tokens("a", 32, 50));
    var committed = guard.commit();
    seen();
    out.send(tokens("a", 50, 64));
    unsafe();
    assertThat(seen()).containsExactly("0[50-64)?", "0<32", "unsafe-response");

    guard.restart(committed);
    guard.turn();
    out.send(tokens("a", 50, 64));

    assertThat(seen()).containsExactly("0[50-64)?");
    assertThat(guard.engine.open.peek().conversation()).endsWith("Agent: " + text(0, 64));
    unsafe();
    assertThat(seen()).containsExactly("0<32", "unsafe-response");
    guard.restart();
    out.send(tokens("a", 64, 70), finished("a", FinishReason.CANCELLED));
    assertThat(seen()).isEmpty();
    out.assertNothingStored();
  }

  @Test
  void showsLogProbabilitiesWithProvisionalTokens() {
    out.begin("a", ReleaseMode.RETRACT);
    out.send(Generations.probable(tokens("a", 0, 2), List.of(-1f, -2f)));

    ResponseEvent response = guard.responses().getFirst();

    assertThat(response.getTokens().getLogprobs()).containsExactly(-1f, -2f);
    assertThat(response.getTokens().getText()).isEqualTo(text(0, 2));
  }

  private static List<String> words(String line) {
    return line == null || line.isBlank() ? List.of() : List.of(line.strip().split(" "));
  }
}
