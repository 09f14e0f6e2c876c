package dev.chasqui.engine.api;

import java.util.Map;

/**
 * How the tokens of one answer are drawn.
 *
 * <p>Operations run in this order on the float32 logits: bias, penalties, the mask of a grammar,
 * temperature, top-k, top-p, min-p. The random number of a token depends on seed, choice and
 * position alone, so a resumed answer goes on with the same draw.
 *
 * @param temperature divides the logits, in [0, 2]; 0 is greedy
 * @param topK keeps the k most probable tokens; 0 keeps all
 * @param topP keeps the smallest set whose probabilities reach this sum, in (0, 1]
 * @param minP drops tokens less probable than this share of the best one, in [0, 1]
 * @param penalties what earlier tokens cost
 * @param logitBias added to the logits of single token ids
 * @param seed seed of the draw
 * @param topPRule which token is the last one that topP keeps
 */
public record SamplingParameters(
    float temperature,
    int topK,
    float topP,
    float minP,
    Penalties penalties,
    Map<Integer, Float> logitBias,
    long seed,
    TopPRule topPRule) {

  /** Which token is the last one that top-p keeps. */
  public enum TopPRule {
    /** The one with which the sum of the probabilities reaches topP; topP is above 0. */
    HUGGING_FACE,
    /**
     * The last one before which the sum is not above topP (meta-llama/llama, generation.py,
     * sample_top_p); a topP of 0 keeps the best one.
     */
    META
  }

  /** The most probable token at every position. */
  public static final SamplingParameters GREEDY =
      new SamplingParameters(0, 0, 1, 0, Penalties.NONE, Map.of(), 0);

  /**
   * What earlier tokens cost.
   *
   * @param repetition divides positive and multiplies negative logits of tokens in prompt or
   *     answer, in (0, 2]; 1 is none
   * @param presence subtracted once for tokens in the answer, in [-2, 2]; 0 is none
   * @param frequency subtracted per occurrence in the answer, in [-2, 2]; 0 is none
   */
  public record Penalties(float repetition, float presence, float frequency) {

    /** No penalty. */
    public static final Penalties NONE = new Penalties(1, 0, 0);

    /** Checks the ranges. */
    public Penalties {
      InvalidRequestException.checkRange("repetition-penalty", repetition, Float.MIN_VALUE, 2);
      InvalidRequestException.checkRange("presence-penalty", presence, -2, 2);
      InvalidRequestException.checkRange("frequency-penalty", frequency, -2, 2);
    }
  }

  /** Checks the ranges and copies the map. */
  public SamplingParameters {
    InvalidRequestException.checkRange("temperature", temperature, 0, 2);
    InvalidRequestException.checkRange("top-k", topK, 0, Integer.MAX_VALUE);
    float leastTopP = topPRule == TopPRule.META ? 0 : Float.MIN_VALUE;
    InvalidRequestException.checkRange("top-p", topP, leastTopP, 1);
    InvalidRequestException.checkRange("min-p", minP, 0, 1);
    logitBias = Map.copyOf(logitBias);
  }

  /**
   * Makes parameters of Hugging Face's top-p rule.
   *
   * @param temperature divides the logits
   * @param topK keeps the k most probable tokens
   * @param topP keeps the smallest set whose probabilities reach this sum
   * @param minP drops tokens less probable than this share of the best one
   * @param penalties what earlier tokens cost
   * @param logitBias added to the logits of single token ids
   * @param seed seed of the draw
   */
  public SamplingParameters(
      float temperature,
      int topK,
      float topP,
      float minP,
      Penalties penalties,
      Map<Integer, Float> logitBias,
      long seed) {
    this(temperature, topK, topP, minP, penalties, logitBias, seed, TopPRule.HUGGING_FACE);
  }

  /**
   * Returns these parameters with another top-p rule.
   *
   * @param rule which token is the last one that topP keeps
   * @return the changed parameters
   */
  public SamplingParameters withTopPRule(TopPRule rule) {
    return new SamplingParameters(temperature, topK, topP, minP, penalties, logitBias, seed, rule);
  }
}
