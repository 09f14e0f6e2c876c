package dev.chasqui.engine.draft;

/**
 * Guesses that a sequence repeats itself: finds where its last tokens occurred before, in prompt or
 * answer, and guesses what followed there (Saxena, "Prompt Lookup Decoding", 2023).
 *
 * <p>An occurrence that goes on to be right is followed without any search, and it is the longest
 * one then. Else the last pair of tokens is looked up in an index of chains, like those of LZ77
 * compressors: of the latest occurrences of that pair the one counts that agrees with most tokens
 * before it.
 */
public final class PromptLookup implements Drafter {

  /** Older occurrences of a pair are not looked at: their number must not cost time. */
  private static final int MOST_CANDIDATES = 32;

  private static final int LONGEST_COMPARED = 32;
  private static final int NONE = 0;

  /** Behind the latest pair of each hash; {@link #NONE} where there is none. A power of two. */
  private int[] latest;

  /** For the position behind a pair: the position behind the pair before it of the same hash. */
  private int[] earlier;

  /** Tokens that have been taken in. */
  private int known;

  /** What followed the last tokens when they occurred before, or {@link #NONE}. */
  private int match = NONE;

  /** How many tokens before it agree with the last ones, as far as they were compared. */
  private int matchLength;

  /**
   * Takes a sequence in.
   *
   * @param tokens its first tokens
   */
  public PromptLookup(int[] tokens) {
    latest = new int[tableLength(tokens.length)];
    earlier = new int[latest.length];
    learn(tokens, tokens.length);
  }

  /** Guesses no more tokens than agree already: a short match is the less reliable one. */
  @Override
  public int draft(int[] tokens, int length, int most) {
    learn(tokens, length);
    if (match == NONE) {
      return 0;
    }
    int count = Math.min(most, matchLength);
    for (int i = 0; i < count; i++) {
      tokens[length + i] = tokens[match + i]; // reads its own guesses where a loop is short
    }
    return count;
  }

  private void learn(int[] tokens, int length) {
    reserve(tokens, length);
    for (int position = known; position < length; position++) {
      follow(tokens[position], tokens);
      if (position > 0) {
        index(tokens, position);
      }
    }
    known = length;
    if (match == NONE) {
      search(tokens);
    }
  }

  private void follow(int tokenId, int[] tokens) {
    if (match != NONE && tokens[match] == tokenId) {
      match++;
      matchLength++;
    } else {
      match = NONE;
    }
  }

  private void search(int[] tokens) {
    matchLength = 1; // what agrees in less than a pair is of another pair with the same hash
    int candidate = known < 2 ? NONE : earlier[known];
    for (int i = 0; i < MOST_CANDIDATES && candidate != NONE; i++) {
      int common = common(tokens, candidate);
      if (common > matchLength) {
        match = candidate;
        matchLength = common;
      }
      candidate = earlier[candidate];
    }
  }

  private int common(int[] tokens, int end) {
    int most = Math.min(LONGEST_COMPARED, end);
    int common = 0;
    while (common < most && tokens[end - 1 - common] == tokens[known - 1 - common]) {
      common++;
    }
    return common;
  }

  private void index(int[] tokens, int position) {
    int hash = hash(tokens[position - 1], tokens[position]);
    earlier[position + 1] = latest[hash];
    latest[hash] = position + 1;
  }

  /** Fibonacci hashing (Knuth, TAOCP 3, 6.4) of both tokens. */
  private int hash(int first, int second) {
    int mixed = (first * 0x9E3779B9 + second) * 0x9E3779B9;
    return mixed >>> (Integer.numberOfLeadingZeros(latest.length) + 1);
  }

  private void reserve(int[] tokens, int length) {
    if (length < latest.length) {
      return;
    }
    latest = new int[tableLength(length)];
    earlier = new int[latest.length];
    for (int position = 1; position < known; position++) {
      index(tokens, position);
    }
  }

  /** Twice what is needed, so that chains stay short and growth is rare. */
  private static int tableLength(int tokens) {
    return Math.max(64, 2 * Integer.highestOneBit(tokens + 1));
  }
}
