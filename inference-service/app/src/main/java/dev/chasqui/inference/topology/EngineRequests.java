package dev.chasqui.inference.topology;

import dev.chasqui.engine.api.ChatMessage;
import dev.chasqui.engine.api.GenerationRequest;
import dev.chasqui.engine.api.InvalidRequestException;
import dev.chasqui.engine.api.MarkedText;
import dev.chasqui.engine.api.Prompt;
import dev.chasqui.engine.api.SamplingParameters;
import dev.chasqui.engine.api.StopCriteria;
import dev.chasqui.engine.api.TokenIds;
import dev.chasqui.events.AdmissionEvent;
import dev.chasqui.events.Message;
import dev.chasqui.events.PromptSubmitted;
import dev.chasqui.events.Sampling;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Says an admitted request in the words of the engine. */
final class EngineRequests {

  private EngineRequests() {}

  /**
   * Translates a request.
   *
   * @param admission what was admitted
   * @param committed tokens of the answer that were made known before
   * @param contextLength the most tokens of an answer that names no limit
   * @return the request of choice 0
   * @throws InvalidRequestException if a field makes no sense; it names the field
   */
  static GenerationRequest of(AdmissionEvent admission, TokenIds committed, int contextLength) {
    PromptSubmitted prompt = admission.getAdmitted().getPrompt();
    var id =
        new GenerationRequest.Identity(
            admission.getRequestId(),
            0,
            prompt.getTenant(),
            prompt.getPriority(),
            Optional.ofNullable(prompt.getDeadline()));
    Sampling sampling = prompt.getSampling();
    return new GenerationRequest(
        id,
        prompt(prompt),
        sampling(sampling, admission.getRequestId()),
        stop(sampling, contextLength),
        committed);
  }

  private static Prompt prompt(PromptSubmitted prompt) {
    String raw = prompt.getRawPrompt();
    if (raw == null ? prompt.getMessages().isEmpty() : raw.isEmpty()) {
      throw new InvalidRequestException(
          raw == null ? "messages" : "raw-prompt",
          "empty",
          "there is nothing to answer",
          "Give one message at least, or a raw prompt.");
    }
    if (raw == null) {
      return new Prompt.Chat(
          prompt.getMessages().stream().map(EngineRequests::turn).toList(),
          Optional.of(prompt.getSubmitTime()));
    }
    if (!prompt.getMessages().isEmpty()) {
      throw new InvalidRequestException(
          "raw-prompt",
          raw.length() + " characters",
          "there are " + prompt.getMessages().size() + " messages too",
          "Give the one or the other.");
    }
    return new Prompt.Text(MarkedText.user(raw));
  }

  private static ChatMessage turn(Message message) {
    ChatMessage.Role role =
        switch (message.getRole()) {
          case SYSTEM -> ChatMessage.Role.SYSTEM;
          case USER -> ChatMessage.Role.USER;
          case ASSISTANT -> ChatMessage.Role.ASSISTANT;
          case TOOL -> ChatMessage.Role.TOOL;
          case UNKNOWN ->
              throw new InvalidRequestException(
                  "role",
                  "UNKNOWN",
                  "it must be one of SYSTEM, USER, ASSISTANT, TOOL",
                  "Name who speaks.");
        };
    return new ChatMessage(role, message.getContent());
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
        seed == null ? seedOf(requestId) : seed);
  }

  private static StopCriteria stop(Sampling sampling, int contextLength) {
    Integer most = sampling.getMaxTokens();
    return new StopCriteria(
        most == null ? contextLength : most,
        sampling.getStopSequences(),
        StopCriteria.EndTokens.HONOURED);
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
