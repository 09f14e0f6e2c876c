package dev.chasqui.inference.topology;

import dev.chasqui.events.AdmissionEvent;
import dev.chasqui.events.PromptSubmitted;
import dev.chasqui.stream.Waiting;
import java.time.Instant;
import java.util.Optional;

/**
 * What has to be known of a request while it waits; thousands may, and the store has the rest.
 *
 * @param requestId the request
 * @param model the model that it asks for
 * @param adapter the adapter of that model; empty for none
 * @param choices how many answers it asks for, at least 1
 * @param waiting where it belongs in line
 * @param arrival from when times are counted: its admission, or its resumption
 */
record Queued(
    String requestId,
    String model,
    Optional<String> adapter,
    int choices,
    Waiting waiting,
    Instant arrival) {

  /** Rough characters of a token, to guess the size of a prompt without a tokenizer. */
  private static final int CHARACTERS_PER_TOKEN = 4;

  /** The most answers to one prompt. */
  static final int MOST_CHOICES = 16;

  /** Reads it off an admission. */
  static Queued of(AdmissionEvent admission, Instant arrival) {
    PromptSubmitted prompt = admission.getAdmitted().getPrompt();
    Waiting waiting =
        new Waiting(
            prompt.getTenant(),
            prompt.getPriority(),
            Optional.ofNullable(prompt.getDeadline()),
            admission.getTime(),
            guessTokens(prompt));
    Optional<String> adapter = Optional.ofNullable(prompt.getAdapter());
    int choices = Math.clamp(prompt.getSampling().getN(), 1, MOST_CHOICES);
    return new Queued(
        admission.getRequestId(), prompt.getModel(), adapter, choices, waiting, arrival);
  }

  private static int guessTokens(PromptSubmitted prompt) {
    long characters = prompt.getRawPrompt() == null ? 0 : prompt.getRawPrompt().length();
    characters += prompt.getMessages().stream().mapToLong(m -> m.getContent().length()).sum();
    if (prompt.getInfill() != null) {
      characters += prompt.getInfill().getPrefix().length();
      characters += prompt.getInfill().getSuffix().length();
    }
    characters += prompt.getDocuments().stream().mapToLong(d -> d.getContent().length()).sum();
    Integer most = prompt.getSampling().getMaxTokens();
    long answer = most == null ? 0 : Math.max(0, most);
    long tokens = characters / CHARACTERS_PER_TOKEN + answer * prompt.getSampling().getN();
    return (int) Math.min(tokens, Integer.MAX_VALUE);
  }
}
