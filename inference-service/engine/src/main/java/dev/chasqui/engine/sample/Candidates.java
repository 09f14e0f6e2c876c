package dev.chasqui.engine.sample;

import dev.chasqui.engine.api.SamplingParameters.TopPRule;
import java.util.Arrays;

/**
 * The tokens that may yet be drawn, narrowed step by step; scratch memory of one sampler.
 *
 * <p>Live candidates are those in [{@code from}, {@code to}); weights are e^(logit - best logit),
 * so that the best candidate has weight 1, and {@code total} is their sum.
 */
final class Candidates {

  private final int[] tokenIds;
  private final double[] weights;
  private final float[] heap;
  private int from;
  private int to;
  private double total;

  Candidates(int vocabularySize) {
    tokenIds = new int[vocabularySize];
    weights = new double[vocabularySize];
    heap = new float[vocabularySize];
  }

  /**
   * Takes the k best tokens, with all that tie with the last of them.
   *
   * @param logits finite or negative infinity [vocabulary]
   * @param best index of the greatest logit
   * @param temperature divides the logits, above 0
   * @param k how many to take; 0 takes all
   */
  void gather(float[] logits, int best, float temperature, int k) {
    float least = k == 0 || k >= logits.length ? Float.NEGATIVE_INFINITY : kthGreatest(logits, k);
    float top = logits[best] / temperature;
    from = 0;
    to = 0;
    total = 0;
    for (int id = 0; id < logits.length; id++) {
      if (logits[id] >= least) {
        double weight = Math.exp((double) (logits[id] / temperature) - top);
        tokenIds[to] = id;
        weights[to++] = weight;
        total += weight;
      }
    }
  }

  /**
   * Keeps the most probable tokens whose probabilities reach a sum. By Hugging Face's rule the last
   * one kept is that with which the sum reaches topP; by Meta's it is the last one before which the
   * sum is not above topP.
   */
  void keepTopP(float topP, TopPRule rule) {
    if (topP >= 1) {
      return;
    }
    double goal = (double) topP * total;
    dropBelow((1.0 - topP) * total / (to - from));
    heapify();
    int end = to;
    double sum = 0;
    int heapSize = to - from;
    while (heapSize > 0 && (rule == TopPRule.META ? sum <= goal : sum < goal)) {
      sum += weights[from];
      swap(from, from + --heapSize);
      siftDown(0, heapSize);
    }
    from += heapSize;
    to = end;
    total = sum;
  }

  /** Drops tokens less probable than a share of the best one. */
  void keepMinP(float minP) {
    if (minP > 0) {
      dropBelow(minP);
    }
  }

  /** Returns the token at a point in [0, 1) of the cumulated probabilities. */
  int at(double point) {
    double left = point * total;
    for (int i = from; i < to; i++) {
      left -= weights[i];
      if (left < 0) {
        return tokenIds[i];
      }
    }
    return tokenIds[lastWithWeight()];
  }

  /** Returns the probability of each token [vocabulary]. */
  double[] probabilities() {
    double[] probabilities = new double[tokenIds.length];
    for (int i = from; i < to; i++) {
      probabilities[tokenIds[i]] = weights[i] / total;
    }
    return probabilities;
  }

  /** Rounding can leave a rest behind the last token; one of probability 0 must not get it. */
  private int lastWithWeight() {
    int last = to - 1;
    while (last > from && weights[last] == 0) {
      last--;
    }
    return last;
  }

  private void dropBelow(double least) {
    int kept = from;
    total = 0;
    for (int i = from; i < to; i++) {
      if (weights[i] >= least) {
        tokenIds[kept] = tokenIds[i];
        weights[kept++] = weights[i];
        total += weights[i];
      }
    }
    to = kept;
  }

  /** A heap of the k greatest so far, least on top: one comparison for most tokens. */
  private float kthGreatest(float[] logits, int k) {
    System.arraycopy(logits, 0, heap, 0, k);
    Arrays.sort(heap, 0, k);
    for (int id = k; id < logits.length; id++) {
      if (logits[id] > heap[0]) {
        replaceLeast(logits[id], k);
      }
    }
    return heap[0];
  }

  private void replaceLeast(float value, int size) {
    int parent = 0;
    for (int child = 1; child < size; child = 2 * parent + 1) {
      if (child + 1 < size && heap[child + 1] < heap[child]) {
        child++;
      }
      if (heap[child] >= value) {
        break;
      }
      heap[parent] = heap[child];
      parent = child;
    }
    heap[parent] = value;
  }

  private void heapify() {
    int size = to - from;
    for (int parent = size / 2 - 1; parent >= 0; parent--) {
      siftDown(parent, size);
    }
  }

  private void siftDown(int parent, int size) {
    for (int child = 2 * parent + 1; child < size; child = 2 * parent + 1) {
      if (child + 1 < size && goesBefore(from + child + 1, from + child)) {
        child++;
      }
      if (!goesBefore(from + child, from + parent)) {
        return;
      }
      swap(from + parent, from + child);
      parent = child;
    }
  }

  /** More probable first; among equals the lower id, so that ties fall the same way always. */
  private boolean goesBefore(int one, int other) {
    return weights[one] > weights[other]
        || (weights[one] == weights[other] && tokenIds[one] < tokenIds[other]);
  }

  private void swap(int one, int other) {
    int tokenId = tokenIds[one];
    tokenIds[one] = tokenIds[other];
    tokenIds[other] = tokenId;
    double weight = weights[one];
    weights[one] = weights[other];
    weights[other] = weight;
  }
}
