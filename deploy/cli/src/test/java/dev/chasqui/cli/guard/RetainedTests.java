package dev.chasqui.cli.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chasqui.cli.CommandException;
import dev.chasqui.cli.json.JsonRows;
import dev.chasqui.events.GenerationStarted;
import dev.chasqui.events.Message;
import dev.chasqui.events.PolicyReference;
import dev.chasqui.events.ReleaseMode;
import dev.chasqui.events.Role;
import dev.chasqui.events.SafetyVerdict;
import dev.chasqui.events.TokensGenerated;
import dev.chasqui.events.VerdictOutcome;
import dev.chasqui.events.VerdictSubject;
import dev.chasqui.events.VerdictWindow;
import dev.chasqui.guard.verdict.Cause;
import dev.chasqui.guard.verdict.Verdict;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class RetainedTests {

  private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");

  @Test
  void showsTheGuardAnAnswerUpToTheEndOfTheWindow() {
    RetainedAnswer answer = answer();
    answer.add(new TokensGenerated(0, List.of(1, 2), "one two "));
    answer.add(new TokensGenerated(2, List.of(3), "three "));
    answer.add(new TokensGenerated(3, List.of(4), "four"));

    Retained retained = answer.at(verdict(new VerdictWindow(0, 2, 3)));

    assertThat(retained.subject().turns().getFirst().content()).isEqualTo("Count!");
    assertThat(retained.subject().turns().getLast().content()).isEqualTo("one two three ");
  }

  @Test
  void keepsTheEndOfALongAnswerForAGuardThatCannotReadAll() {
    RetainedAnswer answer = answer();
    answer.add(new TokensGenerated(0, Collections.nCopies(600, 7), "begin "));
    answer.add(new TokensGenerated(600, Collections.nCopies(500, 7), "end"));

    Retained retained = answer.at(verdict(new VerdictWindow(0, 0, 1100)));

    assertThat(retained.subject().turns().getLast().content()).isEqualTo("begin end");
    assertThat(retained.tail().orElseThrow().turns().getLast().content()).isEqualTo("end");
  }

  @Test
  void tellsWhatChanges() {
    Change change =
        new Change(verdict(new VerdictWindow(1, 32, 64)), Verdict.undecided(Cause.LOW_MASS, "low"));

    assertThat(change.isOne()).isTrue();
    assertThat(change.kind()).isEqualTo("unsafe -> undecided");
    assertThat(change.line()).contains("a ", "answer 1, 32-63", "unsafe", "0.900", "shop@2");
    ObjectNode fields = JsonRows.object();
    change.putInto(fields);
    assertThat(fields.path("now").path("outcome").asString()).isEqualTo("undecided");
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
