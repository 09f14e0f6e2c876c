package dev.chasqui.engine.sample;

import dev.chasqui.engine.api.InvalidRequestException;
import dev.chasqui.engine.api.SamplingParameters;
import dev.chasqui.engine.api.TokenIds;
import dev.chasqui.engine.grammar.GrammarCursor;
import java.util.Map;
import java.util.Optional;

/**
 * The draw of one answer: how, and what was drawn so far. Belongs to the engine's thread.
 *
 * <p>A resumed answer gets the same draw by {@link #accept accepting} its committed tokens again.
 */
public final class AnswerDraw {

  private final SamplingParameters parameters;
  private final int choice;
  private final int[] biasedTokens;
  private final float[] biases;
  private final TokenCounts counts = new TokenCounts();
  private final boolean penalised;
  private final Optional<GrammarCursor> grammar;
  private int position;

  /**
   * Starts the draw of an answer of any text.
   *
   * @param parameters how tokens are drawn
   * @param choice which answer to the prompt this is
   * @param prompt the prompt, which the repetition penalty counts
   */
  public AnswerDraw(SamplingParameters parameters, int choice, TokenIds prompt) {
    this(parameters, choice, prompt, Optional.empty());
  }

  /**
   * Starts the draw of an answer.
   *
   * @param parameters how tokens are drawn
   * @param choice which answer to the prompt this is
   * @param prompt the prompt, which the repetition penalty counts
   * @param grammar where the answer stands in its grammar; moved along by others
   */
  public AnswerDraw(
      SamplingParameters parameters, int choice, TokenIds prompt, Optional<GrammarCursor> grammar) {
    this.grammar = grammar;
    this.parameters = parameters;
    this.choice = choice;
    this.penalised = !parameters.penalties().equals(SamplingParameters.Penalties.NONE);
    this.biasedTokens = new int[parameters.logitBias().size()];
    this.biases = new float[biasedTokens.length];
    int index = 0;
    for (Map.Entry<Integer, Float> bias : parameters.logitBias().entrySet()) {
      biasedTokens[index] = bias.getKey();
      biases[index++] = bias.getValue();
    }
    if (penalised) {
      prompt.stream().forEach(counts::addPrompt);
    }
  }

  /**
   * Checks what only the vocabulary can tell.
   *
   * @param parameters parameters of a request
   * @param vocabularySize number of token ids
   * @throws InvalidRequestException if a bias is for no token of the vocabulary, or is not a number
   */
  public static void check(SamplingParameters parameters, int vocabularySize) {
    parameters
        .logitBias()
        .forEach((tokenId, bias) -> {
          if (tokenId < 0 || tokenId >= vocabularySize || bias.isNaN()) {
            throw new InvalidRequestException(
                "logit-bias",
                "{" + tokenId + ": " + bias + "}",
                "token ids lie in [0, " + (vocabularySize - 1) + "], biases are numbers",
                "Use ids of this model's vocabulary.");
          }
        });
  }

  /**
   * Takes the next token of the answer, drawn just now or committed earlier.
   *
   * @param tokenId the token
   */
  public void accept(int tokenId) {
    if (penalised) {
      counts.addAnswer(tokenId);
    }
    position++;
  }

  SamplingParameters parameters() {
    return parameters;
  }

  /** Returns the random number of the next token, in [0, 1). */
  double random() {
    return CounterRandom.unit(parameters.seed(), choice, position);
  }

  /** Returns whether bias, penalties or a grammar change the logits at all. */
  boolean adjusts() {
    return penalised || biasedTokens.length > 0 || grammar.isPresent();
  }

  /** Applies bias, penalties and grammar to logits [vocabulary], in place. */
  void adjust(float[] logits) {
    for (int i = 0; i < biasedTokens.length; i++) {
      logits[biasedTokens[i]] += biases[i];
    }
    SamplingParameters.Penalties penalties = parameters.penalties();
    for (int i = 0; i < counts.size(); i++) {
      int tokenId = counts.tokenId(i);
      logits[tokenId] = penalised(logits[tokenId], counts.answerCount(i), penalties);
    }
    grammar.ifPresent(cursor -> cursor.mask(logits));
  }

  /**
   * Repetition as in Keskar et al., "CTRL", 2019; presence and frequency as OpenAI defines them.
   */
  private static float penalised(
      float logit, int answerCount, SamplingParameters.Penalties penalties) {
    float repeated = logit < 0 ? logit * penalties.repetition() : logit / penalties.repetition();
    return answerCount == 0
        ? repeated
        : repeated - penalties.presence() - answerCount * penalties.frequency();
  }
}
