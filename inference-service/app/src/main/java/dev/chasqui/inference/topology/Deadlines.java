package dev.chasqui.inference.topology;

import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.TreeSet;

/** Answers by their deadlines. Belongs to the stream thread. */
final class Deadlines {

  private final TreeSet<Due> queue =
      new TreeSet<>(Comparator.comparing(Due::time).thenComparing(due -> due.answer().requestId()));

  private record Due(Instant time, Answer answer) {}

  void watch(Answer answer) {
    due(answer).ifPresent(queue::add);
  }

  void forget(Answer answer) {
    due(answer).ifPresent(queue::remove);
  }

  /** Returns an answer whose deadline has passed, the earliest first. */
  Optional<Answer> expired(Instant now) {
    return queue.isEmpty() || queue.first().time().isAfter(now)
        ? Optional.empty()
        : Optional.of(queue.first().answer());
  }

  private static Optional<Due> due(Answer answer) {
    return answer.request().waiting().deadline().map(time -> new Due(time, answer));
  }
}
