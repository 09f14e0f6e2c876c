package dev.chasqui.inference.topology;

import dev.chasqui.engine.api.AnswerShape;
import dev.chasqui.engine.api.GenerationRequest;
import dev.chasqui.engine.api.InvalidRequestException;
import dev.chasqui.engine.api.SamplingParameters;
import dev.chasqui.engine.api.Speculation;
import dev.chasqui.engine.api.StopCriteria;
import dev.chasqui.engine.api.TokenIds;
import dev.chasqui.events.AdmissionEvent;
import dev.chasqui.events.PromptSubmitted;
import dev.chasqui.events.Sampling;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Says an admitted request in the words of the engine. */
final class EngineRequests {

  private EngineRequests() {}

  /**
   * What there is of an answer.
   *
   * @param choice which of the answers to the prompt
   * @param committed its tokens that were made known before
   */
  record Begun(int choice, TokenIds committed) {}

  /**
   * Translates a request.
   *
   * @param admission what was admitted
   * @param begun what there is of the answer
   * @param contextLength the most tokens of an answer that names no limit
   * @return the request of that choice
   * @throws InvalidRequestException if a field makes no sense; it names the field
   */
  static GenerationRequest of(AdmissionEvent admission, Begun begun, int contextLength) {
    PromptSubmitted prompt = admission.getAdmitted().getPrompt();
    var id =
        new GenerationRequest.Identity(
            admission.getRequestId(),
            begun.choice(),
            prompt.getTenant(),
            prompt.getPriority(),
            Optional.ofNullable(prompt.getDeadline()));
    Sampling sampling = prompt.getSampling();
    checkChoices(sampling.getN());
    return new GenerationRequest(
            id,
            EnginePrompts.of(prompt),
            sampling(sampling, admission.getRequestId()),
            stop(sampling, contextLength),
            begun.committed())
        .withShape(shape(prompt))
        .withSpeculation(speculation(sampling))
        .withAdapter(Optional.ofNullable(prompt.getAdapter()));
  }

  private static void checkChoices(int n) {
    if (n < 1 || n > Queued.MOST_CHOICES) {
      throw new InvalidRequestException(
          "n",
          Integer.toString(n),
          "it must lie in [1, " + Queued.MOST_CHOICES + "]",
          "Give a value in that range.");
    }
  }

  private static AnswerShape shape(PromptSubmitted prompt) {
    Integer logprobs = prompt.getSampling().getLogprobs();
    return new AnswerShape(
        EnginePrompts.format(prompt),
        logprobs == null ? OptionalInt.empty() : OptionalInt.of(logprobs));
  }

  private static Speculation speculation(Sampling sampling) {
    return switch (sampling.getSpeculation()) {
      case LOOKUP -> Speculation.LOOKUP;
      case OFF -> Speculation.OFF;
      case DRAFT -> Speculation.DRAFT;
    };
  }

  private static SamplingParameters sampling(Sampling sampling, String requestId) {
    Long seed = sampling.getSeed();
    return new SamplingParameters(
        sampling.getTemperature(),
        sampling.getTopK(),
        sampling.getTopP(),
        sampling.getMinP(),
        new SamplingParameters.Penalties(
            sampling.getRepetitionPenalty(),
            sampling.getPresencePenalty(),
            sampling.getFrequencyPenalty()),
        logitBias(sampling.getLogitBias()),
        seed == null ? seedOf(requestId) : seed,
        switch (sampling.getTopPRule()) {
          case HUGGING_FACE -> SamplingParameters.TopPRule.HUGGING_FACE;
          case META -> SamplingParameters.TopPRule.META;
        });
  }

  private static StopCriteria stop(Sampling sampling, int contextLength) {
    Integer most = sampling.getMaxTokens();
    return new StopCriteria(
        most == null ? contextLength : most,
        sampling.getStopSequences(),
        stopTokens(sampling.getStopTokenIds()),
        StopCriteria.EndTokens.HONOURED);
  }

  private static TokenIds stopTokens(List<Integer> ids) {
    for (int id : ids) {
      if (id < 0) {
        throw new InvalidRequestException(
            "stop-token-ids", Integer.toString(id), "a token id is 0 or more", "Remove it.");
      }
    }
    return TokenIds.of(ids.stream().mapToInt(Integer::intValue).toArray());
  }

  private static Map<Integer, Float> logitBias(Map<String, Float> byText) {
    Map<Integer, Float> bias = new HashMap<>();
    byText.forEach((token, value) -> bias.put(tokenId(token), value));
    return bias;
  }

  private static int tokenId(String text) {
    try {
      return Integer.parseUnsignedInt(text);
    } catch (NumberFormatException e) {
      throw new InvalidRequestException(
          "logit-bias",
          "'" + text + "'",
          "a key must be a token id in decimal digits",
          "Look it up with `chasqui engine tokenize`.");
    }
  }

  /** The same for every incarnation, so that a resumed answer goes on with its draw. */
  private static long seedOf(String requestId) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return ByteBuffer.wrap(digest.digest(requestId.getBytes(StandardCharsets.UTF_8))).getLong();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }
}
