package dev.chasqui.guard.topology.output;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.events.ReleaseMode;
import dev.chasqui.events.ResponseEvent;
import dev.chasqui.events.ResponseType;
import dev.chasqui.events.SafetyVerdict;
import dev.chasqui.events.StopCause;
import dev.chasqui.events.TokensReleased;
import dev.chasqui.events.VerdictOutcome;
import dev.chasqui.guard.topology.output.ReleaseRun.Committed;
import dev.chasqui.guard.topology.output.ReleaseRun.Truth;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** What readers of the responses and verdicts were promised, checked on a run that has ended. */
final class Promises {

  private static final Set<ResponseType> NOT_FINAL =
      Set.of(ResponseType.TOKENS, ResponseType.RETRACTED, ResponseType.UNKNOWN);

  private final ReleaseRun run;
  private final List<ResponseEvent> seen;
  private final ResponseEvent last;
  private final int lastCommit;

  Promises(ReleaseRun run) {
    this.run = run;
    this.seen = run.responses.stream().map(Committed::event).toList();
    assertThat(seen).as("a final came").isNotEmpty();
    this.last = seen.getLast();
    this.lastCommit = run.responses.getLast().commit();
  }

  static boolean isFinal(ResponseType type) {
    return !NOT_FINAL.contains(type);
  }

  void check() {
    endsOnce();
    leavesNoHole();
    judgesEachWindowOnceAndTruly();
    endsAsVerdictsAndGeneratorSay();
    showsAtEachCommitWhatTheModeSays();
    leavesWhatTheModeSays();
    showsNothingUnsafe();
    takesBackInOneTransactionWithTheEnd();
    marksWhatMayBeTakenBack();
    stopsTheGeneratorOnce();
  }

  private void endsOnce() {
    assertThat(seen.stream().filter(event -> isFinal(event.getType()))).hasSize(1);
    assertThat(isFinal(last.getType())).as("the final is the last record").isTrue();
  }

  private void leavesNoHole() {
    for (Truth choice : run.choices) {
      int next = 0;
      for (ResponseEvent event : seen) {
        TokensReleased tokens = event.getTokens();
        if (tokens != null && tokens.getChoice() == choice.number) {
          assertThat(tokens.getSequence()).isEqualTo(next);
          next += tokens.getTokenIds().size();
          assertThat(tokens.getTokenIds())
              .containsExactlyElementsOf(
                  IntStream.range(tokens.getSequence(), next).boxed().toList());
        }
      }
      assertThat(next).isLessThanOrEqualTo(choice.sent);
    }
  }

  private void judgesEachWindowOnceAndTruly() {
    for (Truth choice : run.choices) {
      int next = 0;
      for (Committed<SafetyVerdict> each : run.verdicts) {
        SafetyVerdict verdict = each.event();
        if (verdict.getWindow().getChoice() != choice.number) {
          continue;
        }
        assertThat(verdict.getWindow().getFromSequence()).isEqualTo(next);
        next = verdict.getWindow().getToSequence();
        boolean isHarmful = choice.unsafeAt >= 0 && choice.unsafeAt < next;
        assertThat(verdict.getOutcome() == VerdictOutcome.UNSAFE)
            .isEqualTo(isHarmful && verdict.getOutcome() != VerdictOutcome.UNDECIDED);
        assertThat(verdict.getAdmitted()).as("%s", verdict).isEqualTo(passes(verdict));
      }
    }
  }

  private boolean passes(SafetyVerdict verdict) {
    return run.mode == ReleaseMode.AUDIT
        || verdict.getOutcome() == VerdictOutcome.SAFE
        || verdict.getOutcome() == VerdictOutcome.UNDECIDED && run.policy == ReleaseRun.Policy.OPEN;
  }

  private void endsAsVerdictsAndGeneratorSay() {
    List<Committed<SafetyVerdict>> stopping =
        run.verdicts.stream().filter(each -> !each.event().getAdmitted()).toList();
    if (stopping.isEmpty()) {
      assertThat(last.getType()).isEqualTo(run.generatorEnd());
      return;
    }
    assertThat(stopping).containsExactly(run.verdicts.getLast());
    assertThat(last.getType()).isEqualTo(ResponseType.REJECTED);
    assertThat(stopping.getFirst().commit()).as("in one transaction").isEqualTo(lastCommit);
  }

  private void showsAtEachCommitWhatTheModeSays() {
    for (int commit = 0; commit < lastCommit; commit++) {
      for (Truth choice : run.choices) {
        int shown = run.standing(choice.number, commit).size();
        int expected =
            switch (run.mode) {
              case FULL -> 0;
              case WINDOW -> run.letThrough(choice.number, commit);
              case RETRACT, AUDIT -> run.sentAtCommit.get(commit).get(choice.number);
            };
        assertThat(shown).as("choice %d at commit %d", choice.number, commit).isEqualTo(expected);
      }
    }
  }

  private void leavesWhatTheModeSays() {
    for (Truth choice : run.choices) {
      int standing = run.standing(choice.number, lastCommit).size();
      int letThrough = run.letThrough(choice.number, lastCommit);
      boolean isWhole =
          last.getType() != ResponseType.REJECTED && last.getType() != ResponseType.FAILED;
      if (isWhole || run.mode == ReleaseMode.AUDIT) {
        assertThat(standing).isEqualTo(choice.sent);
        assertThat(letThrough).as("all text is judged").isGreaterThanOrEqualTo(choice.lastText);
      } else {
        assertThat(standing).isEqualTo(run.mode == ReleaseMode.FULL ? 0 : letThrough);
      }
    }
  }

  /** A guard that keeps silent has not seen the token: under a policy that fails open it passes. */
  private void showsNothingUnsafe() {
    if (run.mode == ReleaseMode.AUDIT || run.policy == ReleaseRun.Policy.OPEN) {
      return;
    }
    for (Truth choice : run.choices) {
      int most = choice.unsafeAt < 0 ? choice.sent : choice.unsafeAt;
      assertThat(run.standing(choice.number, lastCommit)).hasSizeLessThanOrEqualTo(most);
      if (run.mode != ReleaseMode.RETRACT) {
        assertThat(shown(choice.number)).isLessThanOrEqualTo(most);
      }
    }
  }

  private void takesBackInOneTransactionWithTheEnd() {
    List<Committed<ResponseEvent>> retractions =
        run.responses.stream()
            .filter(each -> each.event().getType() == ResponseType.RETRACTED)
            .toList();
    assertThat(run.mode == ReleaseMode.RETRACT || retractions.isEmpty()).isTrue();
    assertThat(retractions).allMatch(each -> each.commit() == lastCommit);
    assertThat(retractions.stream().map(each -> each.event().getRetracted().getChoice()))
        .doesNotHaveDuplicates();
    int first = seen.size() - 1 - retractions.size();
    assertThat(seen.subList(first, seen.size() - 1))
        .as("nothing but the final behind a retraction")
        .allMatch(event -> event.getType() == ResponseType.RETRACTED);
    for (Committed<ResponseEvent> each : retractions) {
      var retracted = each.event().getRetracted();
      assertThat(retracted.getFromSequence())
          .isEqualTo(run.letThrough(retracted.getChoice(), lastCommit));
      assertThat(shown(retracted.getChoice())).isGreaterThan(retracted.getFromSequence());
    }
  }

  private int shown(int choice) {
    return seen.stream()
        .filter(event -> event.getType() == ResponseType.TOKENS)
        .filter(event -> event.getTokens().getChoice() == choice)
        .mapToInt(event -> event.getTokens().getTokenIds().size())
        .sum();
  }

  private void marksWhatMayBeTakenBack() {
    assertThat(seen.stream().filter(event -> event.getType() == ResponseType.TOKENS))
        .allMatch(event -> event.getTokens().getProvisional() == (run.mode == ReleaseMode.RETRACT));
  }

  private void stopsTheGeneratorOnce() {
    boolean stops = last.getType() == ResponseType.REJECTED && !run.endedAtFinal;
    assertThat(run.stops).hasSize(stops ? 1 : 0);
    assertThat(run.stops)
        .allMatch(each ->
            each.commit() == lastCommit && each.event().getStop().getCause() == StopCause.UNSAFE);
  }
}
