package dev.chasqui.engine.grammar;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * The texts of all tokens of a vocabulary as a tree of bytes, in the order of a walk: a node is
 * followed by all that begins with it. Never changes.
 */
final class TokenTrie {

  private final int vocabularySize;
  private final byte[] values;
  private final int[] depths;

  /** For each node the first one behind those that begin with it. */
  private final int[] ends;

  /** For each node where its tokens begin in {@link #tokens}; one more for the end. */
  private final int[] firstTokens;

  private final int[] tokens;
  private final int deepest;

  /**
   * Builds the tree.
   *
   * @param texts the bytes of each token; empty for one that has none and is left out
   */
  TokenTrie(byte[][] texts) {
    vocabularySize = texts.length;
    tokens =
        IntStream.range(0, texts.length)
            .filter(id -> texts[id].length > 0)
            .boxed()
            .sorted(Comparator.comparing(id -> texts[id], Arrays::compareUnsigned))
            .mapToInt(Integer::intValue)
            .toArray();
    int nodes = countNodes(texts);
    values = new byte[nodes];
    depths = new int[nodes];
    ends = new int[nodes];
    firstTokens = new int[nodes + 1];
    deepest = fill(texts);
  }

  private int countNodes(byte[][] texts) {
    int nodes = 0;
    byte[] before = {};
    for (int id : tokens) {
      nodes += texts[id].length - common(before, texts[id]);
      before = texts[id];
    }
    return nodes;
  }

  private int fill(byte[][] texts) {
    int longest = Arrays.stream(tokens).map(id -> texts[id].length).max().orElse(0);
    int[] path = new int[longest + 1];
    byte[] before = {};
    int node = 0;
    for (int at = 0; at < tokens.length; at++) {
      byte[] text = texts[tokens[at]];
      int shared = common(before, text);
      for (int depth = before.length; depth > shared; depth--) {
        ends[path[depth]] = node;
      }
      for (int depth = shared + 1; depth <= text.length; depth++) {
        values[node] = text[depth - 1];
        depths[node] = depth;
        firstTokens[node] = at;
        path[depth] = node++;
      }
      before = text;
    }
    for (int depth = before.length; depth > 0; depth--) {
      ends[path[depth]] = node;
    }
    firstTokens[node] = tokens.length;
    return longest;
  }

  private static int common(byte[] one, byte[] other) {
    int mismatch = Arrays.mismatch(one, other);
    return mismatch < 0 ? one.length : mismatch;
  }

  /** Marks the tokens that may follow a state; looks at each node once at most. */
  long[] allowed(Automaton automaton, Automaton.State from, FirstSpace firstSpace) {
    long[] allowed = new long[(vocabularySize + 63) / 64];
    Automaton.State[] path = new Automaton.State[deepest + 1];
    path[0] = from;
    int node = 0;
    while (node < values.length) {
      int depth = depths[node];
      boolean dropped = depth == 1 && values[node] == ' ' && firstSpace == FirstSpace.DROPPED;
      Automaton.State state = dropped ? from : automaton.next(path[depth - 1], values[node] & 0xff);
      if (state.isDead()) {
        node = ends[node];
        continue;
      }
      path[depth] = state;
      for (int at = firstTokens[node]; at < firstTokens[node + 1]; at++) {
        allowed[tokens[at] >> 6] |= 1L << (tokens[at] & 63);
      }
      node++;
    }
    return allowed;
  }
}
