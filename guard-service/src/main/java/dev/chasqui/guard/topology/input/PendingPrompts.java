package dev.chasqui.guard.topology.input;

import dev.chasqui.events.Admitted;
import dev.chasqui.events.PromptSubmitted;
import dev.chasqui.guard.topology.review.Alarms;
import dev.chasqui.guard.topology.wire.Conversations;
import dev.chasqui.stream.Measured;
import dev.chasqui.stream.MeasuredStore;
import dev.chasqui.stream.Waiting;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * The prompts that wait for their verdict or for a person, with the policy chosen on arrival:
 * written once, and again when a reviewer edits one; deleted once. The deadlines are kept in memory
 * beside the store. Belongs to the stream thread.
 */
final class PendingPrompts {

  /** A token of English text has about four characters. */
  private static final int CHARACTERS_PER_TOKEN = 4;

  private final MeasuredStore<String, Admitted> store;
  private final Alarms deadlines = new Alarms();

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

  /** Writes a prompt that is there already, with another text. */
  Measured replace(Admitted prompt) {
    return store.put(prompt.getPrompt().getRequestId(), prompt);
  }

  Optional<Admitted> find(String requestId) {
    return store.get(requestId);
  }

  void delete(String requestId) {
    store.delete(requestId);
  }

  /** Returns ids whose deadline has passed, each once; some of them are no longer pending. */
  List<String> expired(Instant now) {
    return deadlines.due(now);
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
      deadlines.set(prompt.getDeadline(), prompt.getRequestId());
    }
  }
}
