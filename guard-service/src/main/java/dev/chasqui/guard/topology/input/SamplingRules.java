package dev.chasqui.guard.topology.input;

import dev.chasqui.events.Sampling;
import dev.chasqui.events.TopPRule;
import dev.chasqui.guard.topology.wire.Final;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What the sampling parameters of a prompt may be: the ranges that the schema documents. */
final class SamplingRules {

  private static final int MOST_ALTERNATIVES = 20;
  private static final int MOST_CHOICES = 16;

  private SamplingRules() {}

  static Optional<Final.Rejected> check(Sampling sampling) {
    return Stream.of(
            maxTokens(sampling),
            least("topK", sampling.getTopK(), 0),
            range("temperature", sampling.getTemperature(), 0, 2),
            topP(sampling),
            range("minP", sampling.getMinP(), 0, 1),
            shareAboveZero("repetitionPenalty", sampling.getRepetitionPenalty(), 2),
            range("presencePenalty", sampling.getPresencePenalty(), -2, 2),
            range("frequencyPenalty", sampling.getFrequencyPenalty(), -2, 2),
            logitBias(sampling.getLogitBias()),
            stopSequences(sampling.getStopSequences()),
            stopTokenIds(sampling.getStopTokenIds()),
            logprobs(sampling),
            choices(sampling))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private static Optional<Final.Rejected> maxTokens(Sampling sampling) {
    Integer maxTokens = sampling.getMaxTokens();
    return maxTokens == null ? Optional.empty() : least("maxTokens", maxTokens, 1);
  }

  /** Meta's rule keeps the best token whatever its probability, so it knows a sum of 0. */
  private static Optional<Final.Rejected> topP(Sampling sampling) {
    return sampling.getTopPRule() == TopPRule.META
        ? range("topP", sampling.getTopP(), 0, 1)
        : shareAboveZero("topP", sampling.getTopP(), 1);
  }

  private static Optional<Final.Rejected> logprobs(Sampling sampling) {
    Integer logprobs = sampling.getLogprobs();
    return logprobs == null ? Optional.empty() : within("logprobs", logprobs, 0, MOST_ALTERNATIVES);
  }

  private static Optional<Final.Rejected> choices(Sampling sampling) {
    return within("n", sampling.getN(), 1, MOST_CHOICES);
  }

  private static Optional<Final.Rejected> stopTokenIds(List<Integer> ids) {
    return ids.stream()
        .filter(id -> id < 0)
        .findFirst()
        .flatMap(id -> least("stopTokenIds", id, 0));
  }

  private static Optional<Final.Rejected> logitBias(Map<String, Float> bias) {
    for (Map.Entry<String, Float> entry : bias.entrySet()) {
      boolean isTokenId = entry.getKey().matches("[0-9]{1,9}");
      if (!isTokenId || !Float.isFinite(entry.getValue())) {
        return Optional.of(
            PromptRules.invalid(
                "sampling.logitBias",
                "sampling.logitBias holds \"%s\" -> %s: keys must be token ids, values finite. Remove or correct it."
                    .formatted(PromptRules.shortened(entry.getKey()), entry.getValue())));
      }
    }
    return Optional.empty();
  }

  private static Optional<Final.Rejected> stopSequences(List<String> sequences) {
    return sequences.contains("")
        ? Optional.of(
            PromptRules.invalid(
                "sampling.stopSequences",
                "sampling.stopSequences holds \"\": an empty one would end every answer. Remove"
                    + " it."))
        : Optional.empty();
  }

  private static Optional<Final.Rejected> least(String field, int value, int least) {
    return value >= least
        ? Optional.empty()
        : outOfRange(field, Integer.toString(value), "at least " + least);
  }

  private static Optional<Final.Rejected> within(String field, int value, int least, int most) {
    return value >= least && value <= most
        ? Optional.empty()
        : outOfRange(field, Integer.toString(value), "in [%d, %d]".formatted(least, most));
  }

  private static Optional<Final.Rejected> range(
      String field, float value, float least, float most) {
    return value >= least && value <= most
        ? Optional.empty()
        : outOfRange(field, Float.toString(value), "in [%s, %s]".formatted(least, most));
  }

  private static Optional<Final.Rejected> shareAboveZero(String field, float value, float most) {
    return value > 0 && value <= most
        ? Optional.empty()
        : outOfRange(field, Float.toString(value), "in (0, %s]".formatted(most));
  }

  private static Optional<Final.Rejected> outOfRange(String field, String value, String limit) {
    String path = "sampling." + field;
    return Optional.of(
        PromptRules.invalid(
            path,
            "%s is %s: it must be %s. Give a value in that range, or leave it out."
                .formatted(path, value, limit)));
  }
}
