package dev.chasqui.engine.api;

import java.time.Instant;
import java.util.Optional;

/**
 * One answer to generate. Of several answers to one prompt each is a request of its own.
 *
 * @param id who asks and in what order
 * @param prompt what to continue
 * @param sampling how tokens are drawn
 * @param stop when the answer ends
 * @param committed tokens of this answer that were generated and made known before: they are
 *     prefilled behind the prompt and generation goes on after them, as if it had never stopped
 * @param adapter name of the adapter that the model answers with; empty for the model as it is
 * @param shape what the answer must look like
 * @param speculation how its tokens are guessed ahead
 */
public record GenerationRequest(
    Identity id,
    Prompt prompt,
    SamplingParameters sampling,
    StopCriteria stop,
    TokenIds committed,
    Optional<String> adapter,
    AnswerShape shape,
    Speculation speculation) {

  /**
   * Makes a request for any text to the model as it is, guessed by looking back.
   *
   * @param id who asks and in what order
   * @param prompt what to continue
   * @param sampling how tokens are drawn
   * @param stop when the answer ends
   * @param committed tokens of this answer that were made known before
   */
  public GenerationRequest(
      Identity id,
      Prompt prompt,
      SamplingParameters sampling,
      StopCriteria stop,
      TokenIds committed) {
    this(
        id,
        prompt,
        sampling,
        stop,
        committed,
        Optional.empty(),
        AnswerShape.FREE,
        Speculation.LOOKUP);
  }

  /**
   * Returns this request to the model with an adapter.
   *
   * @param name the adapter's name; empty for the model as it is
   * @return the changed request
   */
  public GenerationRequest withAdapter(Optional<String> name) {
    return new GenerationRequest(id, prompt, sampling, stop, committed, name, shape, speculation);
  }

  /**
   * Who asks and in what order.
   *
   * @param requestId the request
   * @param choice which of its answers, from 0; part of the random draw
   * @param tenant on whose behalf: prefixes are shared within a tenant only
   * @param priority higher goes first; 0 is normal
   * @param deadline when the answer is of no more use
   */
  public record Identity(
      String requestId, int choice, String tenant, int priority, Optional<Instant> deadline) {

    /**
     * Returns an identity of normal priority without deadline.
     *
     * @param requestId the request
     * @return choice 0 of tenant {@code default}
     */
    public static Identity of(String requestId) {
      return new Identity(requestId, 0, "default", 0, Optional.empty());
    }
  }

  /**
   * Returns this request for an answer of another shape.
   *
   * @param other what the answer must look like
   * @return the changed request
   */
  public GenerationRequest withShape(AnswerShape other) {
    return new GenerationRequest(
        id, prompt, sampling, stop, committed, adapter, other, speculation);
  }

  /**
   * Returns this request with its tokens guessed in another way.
   *
   * @param other how
   * @return the changed request
   */
  public GenerationRequest withSpeculation(Speculation other) {
    return new GenerationRequest(id, prompt, sampling, stop, committed, adapter, shape, other);
  }

  /**
   * Returns a request that starts afresh.
   *
   * @param requestId the request
   * @param prompt what to continue
   * @param sampling how tokens are drawn
   * @param stop when the answer ends
   * @return the request without committed tokens
   */
  public static GenerationRequest of(
      String requestId, Prompt prompt, SamplingParameters sampling, StopCriteria stop) {
    return new GenerationRequest(Identity.of(requestId), prompt, sampling, stop, TokenIds.empty());
  }
}
