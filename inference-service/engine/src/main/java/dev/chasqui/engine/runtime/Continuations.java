package dev.chasqui.engine.runtime;

import dev.chasqui.engine.api.TokenIds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The continuations of one score, and the sequences whose logits give their probabilities.
 *
 * <p>A continuation needs the logits before each of its scored tokens, but not those behind the
 * last one. So {@code safe} needs the prompt only, and where {@code unsafe} is two tokens, the
 * sequence of prompt and first token serves both.
 */
final class Continuations {

  /** One continuation in one of the sequences. */
  private static final class Path {

    private final int[] tokens;
    private final int scoredFrom;
    private final double[] logProbabilities;
    private final boolean[] known;

    private Path(int[] tokens, int scoredFrom) {
      this.tokens = tokens;
      this.scoredFrom = scoredFrom;
      this.logProbabilities = new double[tokens.length];
      this.known = new boolean[tokens.length];
    }

    private boolean isBegunBy(int[] sequence) {
      int length = tokens.length - 1;
      return length <= sequence.length && Arrays.equals(tokens, 0, length, sequence, 0, length);
    }
  }

  private final int promptTokens;
  private final List<Path> paths = new ArrayList<>();
  private final List<int[]> sequences = new ArrayList<>();

  /**
   * Lays out the sequences.
   *
   * @param prompt tokens of the prompt, at least one
   * @param leadIn tokens of the lead-in alone
   * @param joined tokens of lead-in and continuation, encoded together, at least one each
   */
  Continuations(TokenIds prompt, TokenIds leadIn, List<TokenIds> joined) {
    promptTokens = prompt.size() + leadIn.size();
    for (TokenIds ids : joined) {
      int scoredFrom = prompt.size() + commonPrefix(leadIn, ids);
      paths.add(new Path(prompt.plus(ids).toArray(), scoredFrom));
    }
    paths.stream()
        .sorted((one, other) -> other.tokens.length - one.tokens.length)
        .filter(path -> sequences.stream().noneMatch(path::isBegunBy))
        .forEach(path -> sequences.add(Arrays.copyOf(path.tokens, path.tokens.length - 1)));
  }

  /** Returns the token ids to compute; every continuation is in at least one of them. */
  List<int[]> sequences() {
    return sequences;
  }

  /** Returns the first position whose logits are needed. */
  int logitsFrom() {
    return paths.stream().mapToInt(path -> path.scoredFrom - 1).min().orElseThrow();
  }

  /** Returns tokens of prompt and lead-in. */
  int promptTokens() {
    return promptTokens;
  }

  /** Returns the tokens of the longest sequence. */
  int longest() {
    return sequences.getFirst().length;
  }

  /** Takes the logits [vocabulary] at a position of one of the sequences. */
  void take(int[] sequence, int position, float[] logits) {
    double logSum = Double.NaN;
    boolean summed = false;
    int next = position + 1;
    for (Path path : paths) {
      if (next >= path.scoredFrom
          && next < path.tokens.length
          && !path.known[next]
          && Arrays.equals(path.tokens, 0, next, sequence, 0, next)) {
        logSum = summed ? logSum : logSumExp(logits);
        summed = true;
        path.logProbabilities[next] = logits[path.tokens[next]] - logSum;
        path.known[next] = true;
      }
    }
  }

  /** Returns whether nothing is missing any more. */
  boolean areComplete() {
    for (Path path : paths) {
      for (int i = path.scoredFrom; i < path.tokens.length; i++) {
        if (!path.known[i]) {
          return false;
        }
      }
    }
    return true;
  }

  /** Returns the natural-log probability of each continuation, in the order given. */
  List<Double> logProbabilities() {
    List<Double> sums = new ArrayList<>(paths.size());
    for (Path path : paths) {
      sums.add(Arrays.stream(path.logProbabilities).sum());
    }
    return sums;
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

  /** The last token is scored always: a continuation of the lead-in's own tokens is one. */
  private static int commonPrefix(TokenIds leadIn, TokenIds joined) {
    int length = 0;
    while (length < leadIn.size()
        && length < joined.size() - 1
        && leadIn.get(length) == joined.get(length)) {
      length++;
    }
    return length;
  }
}
