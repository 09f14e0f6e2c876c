package dev.chasqui.engine.sample;

import dev.chasqui.engine.api.ModelFailureException;
import dev.chasqui.engine.api.SamplingParameters;

/**
 * Draws one token from one row of logits: bias, penalties, temperature, top-k, top-p, min-p, draw.
 *
 * <p>Holds scratch memory of a few vocabulary lengths and belongs to the engine's thread; nothing
 * is allocated per token.
 */
public final class Sampler {

  private final float[] adjusted;
  private final Candidates candidates;

  /**
   * Makes a sampler for one model.
   *
   * @param vocabularySize number of token ids
   */
  public Sampler(int vocabularySize) {
    adjusted = new float[vocabularySize];
    candidates = new Candidates(vocabularySize);
  }

  /**
   * Chooses the next token of an answer; does not accept it.
   *
   * @param logits raw logits
   * @param draw the answer's draw
   * @return the token id
   * @throws ModelFailureException if a logit is NaN or positive infinity, or none is finite
   */
  public int choose(LogitRow logits, AnswerDraw draw) {
    boolean greedy = draw.parameters().temperature() == 0 && !draw.adjusts();
    return greedy && logits.greatest() >= 0 ? logits.greatest() : choose(logits.values(), draw);
  }

  /**
   * Chooses the next token of an answer; does not accept it.
   *
   * @param logits raw logits [vocabulary], left as they are
   * @param draw the answer's draw
   * @return the token id
   * @throws ModelFailureException if a logit is NaN or positive infinity, or none is finite
   */
  public int choose(float[] logits, AnswerDraw draw) {
    float[] row = draw.adjusts() ? adjusted(logits, draw) : logits;
    int best = greatest(row);
    if (draw.parameters().temperature() == 0) {
      return best;
    }
    narrow(row, best, draw.parameters());
    return candidates.at(draw.random());
  }

  /** Returns the distribution that a token is drawn from [vocabulary]. */
  double[] probabilities(float[] logits, AnswerDraw draw) {
    float[] row = draw.adjusts() ? adjusted(logits, draw) : logits;
    narrow(row, greatest(row), draw.parameters());
    return candidates.probabilities();
  }

  private void narrow(float[] row, int best, SamplingParameters parameters) {
    candidates.gather(row, best, parameters.temperature(), parameters.topK());
    candidates.keepTopP(parameters.topP(), parameters.topPRule());
    candidates.keepMinP(parameters.minP());
  }

  private float[] adjusted(float[] logits, AnswerDraw draw) {
    System.arraycopy(logits, 0, adjusted, 0, adjusted.length);
    draw.adjust(adjusted);
    return adjusted;
  }

  /** The lowest index wins ties. */
  private static int greatest(float[] row) {
    int best = 0;
    for (int id = 0; id < row.length; id++) {
      if (row[id] > row[best]) {
        best = id;
      } else if (Float.isNaN(row[id])) {
        throw ModelFailureException.logit(id, row[id]);
      }
    }
    if (Float.isInfinite(row[best])) {
      throw ModelFailureException.logit(best, row[best]);
    }
    return best;
  }
}
