package dev.chasqui.guard.topology.input;

import dev.chasqui.events.Admitted;
import dev.chasqui.events.PromptSubmitted;
import dev.chasqui.guard.topology.wire.Conversations;
import dev.chasqui.stream.Measured;
import dev.chasqui.stream.MeasuredStore;
import dev.chasqui.stream.Waiting;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.function.BiConsumer;

/**
 * The prompts that wait for their verdict, with the policy chosen on arrival: written once, deleted
 * once. The deadlines are kept in memory beside the store. Belongs to the stream thread.
 */
final class PendingPrompts {

  /** A token of English text has about four characters. */
  private static final int CHARACTERS_PER_TOKEN = 4;

  private static final int MOST_AT_ONCE = 500;

  private final MeasuredStore<String, Admitted> store;
  private final PriorityQueue<Deadline> deadlines =
      new PriorityQueue<>(Comparator.comparing(Deadline::time));

  private record Deadline(Instant time, String requestId) {}

  PendingPrompts(MeasuredStore<String, Admitted> store) {
    this.store = store;
  }

  /** Hands out what an earlier incarnation left, and takes up its deadlines. */
  void resume(BiConsumer<String, Waiting> line) {
    store.forEach((id, prompt) -> {
      watch(prompt.getPrompt());
      line.accept(id, waiting(prompt, prompt.getPrompt().getSubmitTime()));
    });
  }

  Measured put(Admitted prompt) {
    Measured measured = store.put(prompt.getPrompt().getRequestId(), prompt);
    if (measured instanceof Measured.Fits) {
      watch(prompt.getPrompt());
    }
    return measured;
  }

  Optional<Admitted> find(String requestId) {
    return store.get(requestId);
  }

  void delete(String requestId) {
    store.delete(requestId);
  }

  /**
   * Returns ids whose deadline has passed, each once; some of them are no longer pending. Of very
   * many, some are left for the next time, so that a turn stays short.
   */
  List<String> expired(Instant now) {
    List<String> expired = new ArrayList<>();
    while (!deadlines.isEmpty()
        && !now.isBefore(deadlines.peek().time())
        && expired.size() < MOST_AT_ONCE) {
      expired.add(deadlines.poll().requestId());
    }
    return expired;
  }

  Waiting waiting(Admitted prompt, Instant arrival) {
    PromptSubmitted asked = prompt.getPrompt();
    int characters =
        Conversations.turns(asked).stream().mapToInt(turn -> turn.content().length()).sum();
    return new Waiting(
        asked.getTenant(),
        asked.getPriority(),
        Optional.ofNullable(asked.getDeadline()),
        arrival,
        characters / CHARACTERS_PER_TOKEN);
  }

  private void watch(PromptSubmitted prompt) {
    if (prompt.getDeadline() != null) {
      deadlines.add(new Deadline(prompt.getDeadline(), prompt.getRequestId()));
    }
  }
}
