package dev.chasqui.guard.topology.output;

import static dev.chasqui.guard.topology.output.Generations.finished;
import static dev.chasqui.guard.topology.output.Generations.said;
import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.events.CodeFinding;
import dev.chasqui.events.FindingSeverity;
import dev.chasqui.events.FinishReason;
import dev.chasqui.events.GenerationEvent;
import dev.chasqui.events.ReleaseMode;
import dev.chasqui.events.ResponseEvent;
import dev.chasqui.events.ResponseType;
import dev.chasqui.events.SafetyVerdict;
import dev.chasqui.events.StopCause;
import dev.chasqui.events.VerdictOutcome;
import dev.chasqui.events.VerdictWindow;
import dev.chasqui.guard.policy.Policies;
import dev.chasqui.guard.policy.Policy;
import dev.chasqui.guard.policy.PolicySource;
import dev.chasqui.guard.topology.GuardDriver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What a reader sees of answers with insecure code, under every release mode and across restarts.
 */
class CodeReleaseTests {

  private static final String OPENING = "Do:\n``";
  private static final String IMPORT = "`python\nimport os\n";
  private static final String INSECURE = "os.system(a + b)\nx = 1\n";
  private static final String LATER = "```xml\n</x>\n```\n";
  private static final String UNEXCUSED =
      "```java\nvar f = DocumentBuilderFactory.newInstance();\n";

  @TempDir Path directory;
  private OutputGuard out;
  private GuardDriver guard;
  private Policies policies;

  @BeforeEach
  void open() throws IOException {
    Path files = Files.createDirectory(directory.resolve("policies"));
    for (String action : List.of("off", "warn", "block")) {
      Files.writeString(
          files.resolve(action + ".policy"),
          "id=%s\nwindow-tokens=4\ncode-scan=%s\ncode-scan-severity=medium\n"
              .formatted(action, action));
    }
    List<Policy> all = new ArrayList<>(PolicySource.builtIn());
    all.addAll(PolicySource.readFrom(files));
    policies = Policies.of(all, Map.of("off", "off", "warn", "warn", "block", "block"), "default");
    out = new OutputGuard(directory, policies);
    guard = out.driver;
  }

  @AfterEach
  void close() {
    out.close();
  }

  @ParameterizedTest
  @EnumSource(
      value = ReleaseMode.class,
      names = {"FULL", "WINDOW"})
  void stopsAtInsecureCodeAndShowsNothingMoreOfIt(ReleaseMode mode) {
    begin("block", mode);
    judgedSafe(said("a", 0, 4, OPENING));
    judgedSafe(said("a", 4, 8, IMPORT));
    int before = mode == ReleaseMode.FULL ? 0 : 8;
    assertThat(out.releasedTokens()).isEqualTo(before);

    judgedSafe(said("a", 8, 12, INSECURE));

    ResponseEvent last = only(guard.responses());
    assertThat(last.getType()).isEqualTo(ResponseType.REJECTED);
    assertThat(last.getRejected().getCode()).isEqualTo("insecure-code");
    assertThat(last.getRejected().getMessage())
        .contains("CWE-78 (python-shell-command) in line 4")
        .contains("block@1");
    assertThat(only(guard.admissions("small")).getStop().getCause()).isEqualTo(StopCause.UNSAFE);
    assertThat(guard.stored("answer-tokens")).isZero();
    out.send(said("a", 12, 16, LATER), finished("a", FinishReason.CANCELLED));
    assertThat(guard.responses()).isEmpty();
    out.assertNothingStored();
  }

  @Test
  void takesInsecureCodeBack() {
    begin("block", ReleaseMode.RETRACT);
    judgedSafe(said("a", 0, 4, OPENING + IMPORT));
    judgedSafe(said("a", 4, 8, INSECURE));

    assertThat(Seen.of(guard.responses()))
        .containsExactly("0[0-4)?", "0[4-8)?", "0<4", "insecure-code");
    assertThat(guard.admissions("small")).hasSize(1);
  }

  @Test
  void notesInsecureCodeUnderAudit() {
    begin("block", ReleaseMode.AUDIT);
    judgedSafe(said("a", 0, 4, OPENING + IMPORT + INSECURE));
    judgedSafe(said("a", 4, 8, UNEXCUSED));
    out.send(finished("a", FinishReason.STOP));

    assertThat(Seen.of(guard.responses())).containsExactly("0[0-4)", "0[4-8)", "FINISHED");
    List<SafetyVerdict> verdicts = guard.verdicts();
    assertThat(verdicts.getFirst())
        .returns(VerdictOutcome.UNSAFE, SafetyVerdict::getOutcome)
        .returns(true, SafetyVerdict::getAdmitted);
    assertThat(verdicts).allSatisfy(verdict -> assertThat(verdict.getAdmitted()).isTrue());
    assertThat(guard.admissions("small")).isEmpty();
    out.assertNothingStored();
  }

  @Test
  void namesWhatItFoundInTheVerdict() {
    begin("block", ReleaseMode.WINDOW);
    judgedSafe(said("a", 0, 4, OPENING + IMPORT + INSECURE));

    SafetyVerdict verdict = only(guard.verdicts());
    assertThat(verdict.getOutcome()).isEqualTo(VerdictOutcome.UNSAFE);
    assertThat(verdict.getAdmitted()).isFalse();
    assertThat(verdict.getReason()).startsWith("insecure code: CWE-78");
    assertThat(verdict.getScore()).as("what the model said stays").isLessThan(0.5);
    assertThat(verdict.getWindow()).isEqualTo(new VerdictWindow(0, 0, 4));
    CodeFinding finding = only(verdict.getFindings());
    assertThat(finding.getRuleId()).isEqualTo("python-shell-command");
    assertThat(finding.getCwes()).containsExactly("CWE-78");
    assertThat(finding.getSeverity()).isEqualTo(FindingSeverity.HIGH);
    assertThat(finding.getLanguage()).isEqualTo("python");
    assertThat(finding.getLine()).isEqualTo(4);
    assertThat(finding.getRemedy()).isNotBlank();
  }

  @Test
  void releasesInsecureCodeAndSaysSoWhereThePolicyWarns() {
    begin("warn", ReleaseMode.WINDOW);
    judgedSafe(said("a", 0, 4, OPENING + IMPORT + INSECURE));
    judgedSafe(said("a", 4, 8, "y = 2\n```\n"));

    assertThat(out.releasedTokens()).isEqualTo(8);
    List<SafetyVerdict> verdicts = guard.verdicts();
    assertThat(verdicts)
        .extracting(SafetyVerdict::getOutcome)
        .containsExactly(VerdictOutcome.SAFE, VerdictOutcome.SAFE);
    assertThat(only(verdicts.getFirst().getFindings()).getLine()).isEqualTo(4);
    assertThat(verdicts.getLast().getFindings()).as("reported once").isEmpty();
  }

  @Test
  void looksForNothingWhereThePolicySaysSo() {
    begin("off", ReleaseMode.WINDOW);
    judgedSafe(said("a", 0, 4, OPENING + IMPORT + INSECURE));

    assertThat(out.releasedTokens()).isEqualTo(4);
    assertThat(only(guard.verdicts()).getFindings()).isEmpty();
  }

  @Test
  void leavesMilderFindingsAndProseAlone() {
    begin("block", ReleaseMode.WINDOW);
    judgedSafe(said("a", 0, 4, "```js\nconst id = Math.random();\n```\nos.system(a + b)\n"));

    assertThat(out.releasedTokens()).isEqualTo(4);
  }

  @Test
  void goesOnInTheMiddleOfABlockAfterARestart() {
    begin("block", ReleaseMode.WINDOW);
    judgedSafe(said("a", 0, 4, OPENING));
    judgedSafe(said("a", 4, 8, IMPORT));
    assertThat(out.releasedTokens()).isEqualTo(8);

    guard.restart();
    guard.turn();
    judgedSafe(said("a", 8, 12, INSECURE));

    assertThat(only(guard.responses()).getRejected().getMessage()).contains("in line 4");
  }

  @Test
  void reportsNothingTwiceAcrossARestart() {
    begin("warn", ReleaseMode.WINDOW);
    judgedSafe(said("a", 0, 4, OPENING + IMPORT + INSECURE));
    assertThat(only(guard.verdicts()).getFindings()).hasSize(1);

    guard.restart();
    guard.turn();
    judgedSafe(said("a", 4, 8, "eval(z)\ny = 2\n"));

    assertThat(only(only(guard.verdicts()).getFindings()).getRuleId()).isEqualTo("python-eval");
  }

  @Test
  void repeatsACrashedWindowWithTheSameFindings() {
    begin("warn", ReleaseMode.WINDOW);
    judgedSafe(said("a", 0, 4, OPENING + IMPORT));
    guard.verdicts();
    var committed = guard.commit();
    judgedSafe(said("a", 4, 8, INSECURE));
    List<CodeFinding> first = only(guard.verdicts()).getFindings();

    guard.restart(committed);
    guard.turn();
    judgedSafe(said("a", 4, 8, INSECURE));

    assertThat(only(guard.verdicts()).getFindings()).isEqualTo(first).hasSize(1);
  }

  @Test
  void closesAnOpenBlockWithTheAnswer() {
    begin("block", ReleaseMode.FULL);
    judgedSafe(said("a", 0, 4, UNEXCUSED));
    assertThat(only(guard.verdicts()).getFindings()).isEmpty();

    out.send(finished("a", FinishReason.LENGTH));

    assertThat(only(guard.responses()).getRejected().getCode()).isEqualTo("insecure-code");
    SafetyVerdict verdict = only(guard.verdicts());
    assertThat(verdict.getOutcome()).isEqualTo(VerdictOutcome.UNSAFE);
    assertThat(only(verdict.getFindings()).getRuleId()).isEqualTo("java-xml-entities");
    assertThat(guard.admissions("small")).isEmpty();
    out.assertNothingStored();
  }

  @Test
  void closesAnOpenBlockInTheLastJudgementWhereTheEndHasCome() {
    begin("block", ReleaseMode.WINDOW);
    out.send(said("a", 0, 3, UNEXCUSED), finished("a", FinishReason.LENGTH));
    guard.engine.safe();
    guard.turn();

    assertThat(only(guard.responses()).getType()).isEqualTo(ResponseType.REJECTED);
    assertThat(guard.verdicts()).hasSize(1);
    out.assertNothingStored();
  }

  private void begin(String tenant, ReleaseMode mode) {
    out.begin("a", Generations.start(policies, tenant, mode).build());
  }

  private void judgedSafe(GenerationEvent chunk) {
    out.send(chunk);
    guard.engine.safe();
    guard.turn();
  }

  private static <T> T only(List<T> records) {
    assertThat(records).hasSize(1);
    return records.getFirst();
  }
}
