package dev.chasqui.engine.kvcache;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One full block of tokens behind the blocks of its ancestors; the root of a scope has no tokens.
 *
 * <p>Two nodes are equal when they hold the same tokens behind the same (identical) parent. The
 * chained hash only finds candidates: a collision cannot mix contents.
 */
final class PrefixNode {

  static final int NO_BLOCK = -1;

  final @Nullable PrefixNode parent;
  final PrefixScope scope;

  /** The block that holds the content, or {@link #NO_BLOCK} once it was reused for another. */
  int block = NO_BLOCK;

  /** Children and block tables that build on this node; it is kept while there are any. */
  int pins;

  private final int[] tokens;
  private final long chainedHash;

  private PrefixNode(@Nullable PrefixNode parent, PrefixScope scope, int[] tokens, long hash) {
    this.parent = parent;
    this.scope = scope;
    this.tokens = tokens;
    this.chainedHash = hash;
  }

  static PrefixNode root(PrefixScope scope) {
    return new PrefixNode(null, scope, new int[0], scope.hashCode());
  }

  PrefixNode child(int[] tokens, int from, int to) {
    long hash = chainedHash;
    for (int i = from; i < to; i++) {
      hash = mixed(hash + tokens[i] + 1);
    }
    return new PrefixNode(this, scope, Arrays.copyOfRange(tokens, from, to), hash);
  }

  /** The finalizer of SplitMix64 after its increment. */
  private static long mixed(long bits) {
    bits += 0x9E3779B97F4A7C15L;
    bits = (bits ^ (bits >>> 30)) * 0xBF58476D1CE4E5B9L;
    bits = (bits ^ (bits >>> 27)) * 0x94D049BB133111EBL;
    return bits ^ (bits >>> 31);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof PrefixNode that
        && parent == that.parent
        && chainedHash == that.chainedHash
        && Arrays.equals(tokens, that.tokens)
        && (parent != null || scope.equals(that.scope));
  }

  @Override
  public int hashCode() {
    return Long.hashCode(chainedHash);
  }
}
