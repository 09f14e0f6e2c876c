package dev.chasqui.engine.sample;

import dev.chasqui.engine.api.Logprobs;
import dev.chasqui.engine.api.TokenIds;
import java.util.ArrayList;
import java.util.List;

/** How probable tokens are in the model's own distribution. */
public final class TokenProbabilities {

  private TokenProbabilities() {}

  /**
   * Looks a token up, and the best ones beside it.
   *
   * @param logits raw logits [vocabulary]
   * @param tokenId the token that was drawn
   * @param alternatives how many of the best tokens are reported, of equal ones the lower id first
   * @return natural-log probabilities
   */
  public static Logprobs of(float[] logits, int tokenId, int alternatives) {
    double logSum = logSumExp(logits);
    int[] best = best(logits, Math.min(alternatives, logits.length));
    List<Float> logprobs = new ArrayList<>(best.length);
    for (int id : best) {
      logprobs.add((float) (logits[id] - logSum));
    }
    return new Logprobs((float) (logits[tokenId] - logSum), TokenIds.of(best), logprobs);
  }

  private static int[] best(float[] logits, int count) {
    int[] ids = new int[count];
    int size = 0;
    for (int id = 0; count > 0 && id < logits.length; id++) {
      if (size == count && logits[id] <= logits[ids[size - 1]]) {
        continue;
      }
      int place = Math.min(size, count - 1);
      while (place > 0 && logits[id] > logits[ids[place - 1]]) {
        ids[place] = ids[place - 1];
        place--;
      }
      ids[place] = id;
      size = Math.min(size + 1, count);
    }
    return ids;
  }

  private static double logSumExp(float[] logits) {
    double greatest = Double.NEGATIVE_INFINITY;
    for (float logit : logits) {
      greatest = Math.max(greatest, logit);
    }
    double sum = 0;
    for (float logit : logits) {
      sum += Math.exp(logit - greatest);
    }
    return greatest + Math.log(sum);
  }
}
