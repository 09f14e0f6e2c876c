package dev.chasqui.cli.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chasqui.cli.CommandException;
import dev.chasqui.cli.json.JsonRows;
import dev.chasqui.events.FinishReason;
import dev.chasqui.events.GenerationEvent;
import dev.chasqui.events.GenerationFinished;
import dev.chasqui.events.GenerationStarted;
import dev.chasqui.events.GenerationType;
import dev.chasqui.events.Message;
import dev.chasqui.events.PolicyReference;
import dev.chasqui.events.ReleaseMode;
import dev.chasqui.events.Role;
import dev.chasqui.events.SafetyVerdict;
import dev.chasqui.events.Timings;
import dev.chasqui.events.TokensGenerated;
import dev.chasqui.events.Usage;
import dev.chasqui.events.VerdictOutcome;
import dev.chasqui.events.VerdictSubject;
import dev.chasqui.events.VerdictWindow;
import dev.chasqui.guard.classifier.Subject;
import dev.chasqui.guard.policy.CodeScan;
import dev.chasqui.guard.policy.Policy;
import dev.chasqui.guard.policy.PolicySource;
import dev.chasqui.guard.scan.CodeScanner;
import dev.chasqui.guard.topology.wire.CodeFindings;
import dev.chasqui.guard.verdict.Cause;
import dev.chasqui.guard.verdict.Score;
import dev.chasqui.guard.verdict.Severity;
import dev.chasqui.guard.verdict.Verdict;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class RetainedTests {

  private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");
  private static final Policy POLICY = PolicySource.parse("shop", "id=shop\nversion=3");
  private static final String CODE_BEGIN = "So:\n```python\nimport os\n";
  private static final String CODE_END = "os.system(\"ping \" + host)\n```\n";

  @Test
  void showsTheGuardAnAnswerUpToTheEndOfTheWindow() {
    RetainedAnswer answer = answer();
    answer.add(new TokensGenerated(0, List.of(1, 2), "one two "));
    answer.add(new TokensGenerated(2, List.of(3), "three "));
    answer.add(new TokensGenerated(3, List.of(4), "four"));

    Retained retained = only(answer, verdict(new VerdictWindow(0, 2, 3)));

    Subject subject = retained.subject().orElseThrow();
    assertThat(subject.turns().getFirst().content()).isEqualTo("Count!");
    assertThat(subject.turns().getLast().content()).isEqualTo("one two three ");
  }

  @Test
  void keepsTheEndOfALongAnswerForAGuardThatCannotReadAll() {
    RetainedAnswer answer = answer();
    answer.add(new TokensGenerated(0, Collections.nCopies(600, 7), "begin "));
    answer.add(new TokensGenerated(600, Collections.nCopies(500, 7), "end"));

    Retained retained = only(answer, verdict(new VerdictWindow(0, 0, 1100)));

    assertThat(retained.subject().orElseThrow().turns().getLast().content()).isEqualTo("begin end");
    assertThat(retained.tail().orElseThrow().turns().getLast().content()).isEqualTo("end");
  }

  @Test
  void scansTheCodeOfEachWindowOnceAsThePolicySays() {
    RetainedAnswer answer = answer();
    answer.add(new TokensGenerated(0, List.of(1), CODE_BEGIN));
    answer.add(new TokensGenerated(1, List.of(2), CODE_END));
    List<SafetyVerdict> recorded =
        List.of(verdict(new VerdictWindow(0, 0, 1)), verdict(new VerdictWindow(0, 1, 2)));

    List<Retained> blocked = answer.at(recorded, rescan(CodeScan.Action.BLOCK));
    List<Retained> named = answer.at(recorded, rescan(CodeScan.Action.WARN));

    assertThat(blocked).extracting(each -> each.code().stops()).containsExactly(false, true);
    assertThat(blocked.getLast().code().inWords()).contains("CWE-78");
    assertThat(named).extracting(each -> each.code().stops()).containsExactly(false, false);
    assertThat(answer.at(recorded, rescan(CodeScan.Action.OFF)))
        .allMatch(each -> each.code().findings().isEmpty());
  }

  @Test
  void closesOpenCodeWhereTheAnswerFinishedAndAsksNoGuardAboutNothingNew() {
    RetainedAnswer answer = answer();
    answer.add(new TokensGenerated(0, List.of(1), CODE_BEGIN + CODE_END.replace("```", "")));
    answer.add(new TokensGenerated(1, List.of(2), ""));
    answer.ended(
        GenerationEvent.newBuilder()
            .setRequestId("a")
            .setType(GenerationType.FINISHED)
            .setTime(NOON)
            .setFinished(
                new GenerationFinished(
                    FinishReason.STOP, new Usage(1, 0, 2), new Timings(1L, 1L, 1L), "", List.of()))
            .build());
    SafetyVerdict ofCode =
        SafetyVerdict.newBuilder(verdict(new VerdictWindow(0, 1, 2)))
            .setScore(null)
            .setReason("insecure code: CWE-78")
            .build();

    List<Retained> retained =
        answer.at(
            List.of(verdict(new VerdictWindow(0, 0, 1)), ofCode), rescan(CodeScan.Action.WARN));

    assertThat(retained.getFirst().subject()).isPresent();
    assertThat(retained.getLast().subject()).as("the guard saw it all before").isEmpty();
    Change change = new Change(ofCode, Optional.empty(), retained.getLast().code(), POLICY);
    assertThat(change.kind()).isEqualTo("unsafe -> safe");
    assertThat(change.why())
        .isEqualTo("insecure code is only named; the guard model was not asked");
  }

  @Test
  void saysWhyAVerdictIsWhatItIsNow() {
    SafetyVerdict recorded = verdict(new VerdictWindow(0, 0, 1));
    Score score = new Score(0.3, 1);

    assertThat(guard(recorded, new Verdict.Safe(score)).why())
        .isEqualTo("score 0.300 is under 0.5");
    assertThat(guard(recorded, new Verdict.Unsafe(score, List.of("S1"))).why())
        .isEqualTo("score 0.300, by the rule of a category: S1");
    Score high = new Score(0.8, 1);
    assertThat(guard(recorded, new Verdict.Unsafe(high, List.of())).why())
        .isEqualTo("score 0.800 reaches unsafe-threshold 0.5");
  }

  @Test
  void tellsWhatChanges() {
    Change change =
        guard(verdict(new VerdictWindow(1, 32, 64)), Verdict.undecided(Cause.LOW_MASS, "low"));

    assertThat(change.isOne()).isTrue();
    assertThat(change.kind()).isEqualTo("unsafe -> undecided");
    assertThat(change.line()).contains("a ", "answer 1, 32-63", "unsafe", "0.900", "shop@2", "low");
    ObjectNode fields = JsonRows.object();
    change.putInto(fields);
    assertThat(fields.path("now").path("outcome").asString()).isEqualTo("undecided");
    assertThat(fields.path("now").path("reason").asString()).isEqualTo("low");
    assertThat(fields.path("now").path("policy").asString()).isEqualTo("shop@3");
    assertThat(fields.path("window").path("toSequence").asInt()).isEqualTo(64);
  }

  @Test
  void readsDaysAndTimes() {
    TimeSpan span = TimeSpan.of("2026-11-24", "2026-11-24T13:00:00+01:00");

    assertThat(span.contains(NOON.toEpochMilli() - 1)).isTrue();
    assertThat(span.contains(NOON.toEpochMilli())).isFalse();
    assertThatThrownBy(() -> TimeSpan.of("yesterday", "2026-11-24"))
        .isInstanceOf(CommandException.class)
        .hasMessageContaining("--from is \"yesterday\"");
    assertThatThrownBy(() -> TimeSpan.of("2026-11-24", "2026-11-24"))
        .hasMessageContaining("begins before it ends");
  }

  private static Change guard(SafetyVerdict recorded, Verdict verdict) {
    return new Change(recorded, Optional.of(verdict), CodeFindings.NONE, POLICY);
  }

  private static Retained only(RetainedAnswer answer, SafetyVerdict verdict) {
    return answer.at(List.of(verdict), rescan(CodeScan.Action.WARN)).getFirst();
  }

  private static CodeRescan rescan(CodeScan.Action action) {
    return new CodeRescan(CodeScanner.builtIn(), new CodeScan(action, Severity.HIGH));
  }

  private static RetainedAnswer answer() {
    return new RetainedAnswer(
        "a",
        GenerationStarted.newBuilder()
            .setTenant("t")
            .setModel("m")
            .setModelHash("h")
            .setPool("p")
            .setConversation(List.of(new Message(Role.USER, "Count!")))
            .setPolicy(new PolicyReference("shop", 2, "h"))
            .setReleaseMode(ReleaseMode.WINDOW)
            .setSubmitTime(NOON)
            .build());
  }

  private static SafetyVerdict verdict(VerdictWindow window) {
    return SafetyVerdict.newBuilder()
        .setRequestId("a")
        .setSubject(VerdictSubject.RESPONSE)
        .setOutcome(VerdictOutcome.UNSAFE)
        .setScore(0.9)
        .setPolicy(new PolicyReference("shop", 2, "h"))
        .setWindow(window)
        .setTime(NOON)
        .build();
  }
}
