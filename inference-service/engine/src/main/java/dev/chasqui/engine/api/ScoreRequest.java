package dev.chasqui.engine.api;

import java.util.List;

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
 */
public record ScoreRequest(
    String requestId, String tenant, Prompt prompt, String leadIn, List<String> continuations) {

  /** Copies the list. */
  public ScoreRequest {
    continuations = List.copyOf(continuations);
    if (continuations.isEmpty()) {
      throw new InvalidRequestException(
          "continuations", "[]", "at least one is needed", "Name what is to be scored.");
    }
  }
}
