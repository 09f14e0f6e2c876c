package dev.chasqui.cli.guard;

import dev.chasqui.guard.verdict.Cause;
import dev.chasqui.guard.verdict.Verdict;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** Judges texts again, several at once, and counts what changes. Owned by one thread. */
final class Rejudging {

  private final Judge judge;
  private final Consumer<Change> changes;
  private final Deque<Pending> pending = new ArrayDeque<>();
  private final Map<String, Integer> counts = new TreeMap<>();
  private int judged;
  private int changedByCodeScan;

  private record Pending(Retained text, Optional<CompletableFuture<Verdict>> verdict) {}

  /** Judges with a guard, and tells what changes in the order of the texts. */
  Rejudging(Judge judge, Consumer<Change> changes) {
    this.judge = judge;
    this.changes = changes;
  }

  /** Takes the next text; waits where the guard is busy enough. */
  void add(Retained text) {
    pending.add(new Pending(text, text.subject().map(judge::ask)));
    if (pending.size() >= judge.window()) {
      takeOne();
    }
  }

  /** Waits for all. */
  void finish() {
    while (!pending.isEmpty()) {
      takeOne();
    }
  }

  int judged() {
    return judged;
  }

  /** Returns how many become unsafe since their code is insecure. */
  int changedByCodeScan() {
    return changedByCodeScan;
  }

  /** Returns how often which outcome would become which other one. */
  Map<String, Integer> counts() {
    return counts;
  }

  private void takeOne() {
    Pending next = pending.remove();
    Retained text = next.text();
    Optional<Verdict> verdict = next.verdict().map(asked -> verdict(text, asked.join()));
    Change change = new Change(text.recorded(), verdict, text.code(), judge.policy());
    judged++;
    if (change.isOne()) {
      counts.merge(change.kind(), 1, Integer::sum);
      changedByCodeScan += change.code().stops() ? 1 : 0;
      changes.accept(change);
    }
  }

  /** As a guard service does: what is too long is judged by its end. */
  private Verdict verdict(Retained text, Verdict whole) {
    return isTooLong(whole) ? text.tail().map(tail -> judge.ask(tail).join()).orElse(whole) : whole;
  }

  private static boolean isTooLong(Verdict verdict) {
    return verdict instanceof Verdict.Undecided undecided && undecided.cause() == Cause.TOO_LONG;
  }
}
