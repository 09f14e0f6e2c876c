package dev.chasqui.engine.api;

import java.util.List;
import java.util.Optional;

/**
 * A question for the probabilities of given continuations.
 *
 * <p>Lead-in and continuation are tokenized together, as one text of ours, and apart from the
 * prompt: what a model would write as the beginning of its turn. Special tokens in them are parsed.
 * Where tokens of a continuation differ from those of the lead-in alone, they are scored.
 *
 * @param requestId the request, for logs
 * @param tenant on whose behalf
 * @param prompt what comes before
 * @param leadIn text of ours between the prompt and every continuation, for example two newlines
 * @param continuations the texts to score, at least one; each may be several tokens
 * @param adapter name of the adapter that the model scores with; empty for the model as it is
 */
public record ScoreRequest(
    String requestId,
    String tenant,
    Prompt prompt,
    String leadIn,
    List<String> continuations,
    Optional<String> adapter) {

  /**
   * Makes a question to the model as it is.
   *
   * @param requestId the request, for logs
   * @param tenant on whose behalf
   * @param prompt what comes before
   * @param leadIn text of ours between the prompt and every continuation
   * @param continuations the texts to score
   */
  public ScoreRequest(
      String requestId, String tenant, Prompt prompt, String leadIn, List<String> continuations) {
    this(requestId, tenant, prompt, leadIn, continuations, Optional.empty());
  }

  /**
   * Returns this question to the model with an adapter.
   *
   * @param name the adapter's name; empty for the model as it is
   * @return the changed question
   */
  public ScoreRequest withAdapter(Optional<String> name) {
    return new ScoreRequest(requestId, tenant, prompt, leadIn, continuations, name);
  }

  /** Copies the list. */
  public ScoreRequest {
    continuations = List.copyOf(continuations);
    if (continuations.isEmpty()) {
      throw new InvalidRequestException(
          "continuations", "[]", "at least one is needed", "Name what is to be scored.");
    }
  }
}
