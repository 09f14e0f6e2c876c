package dev.chasqui.engine.kvcache;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which prefixes have been computed, block by block.
 *
 * <p>A node whose block was reused stays while others build on it, so that they are found again
 * once its content was computed anew.
 */
final class PrefixTree {

  private final Map<PrefixNode, PrefixNode> nodes = new HashMap<>();

  /** Returns the node that all prefixes of a scope begin at, pinned. */
  PrefixNode pinnedRoot(PrefixScope scope) {
    return pinned(interned(PrefixNode.root(scope)));
  }

  /** Returns the node with the next block of tokens if its content is in a block. */
  @Nullable PrefixNode findChild(PrefixNode parent, int[] tokens, int from, int to) {
    PrefixNode child = nodes.get(parent.child(tokens, from, to));
    return child == null || child.block == PrefixNode.NO_BLOCK ? null : child;
  }

  /** Returns the node with the next block of tokens, made if need be. */
  PrefixNode child(PrefixNode parent, int[] tokens, int from, int to) {
    return interned(parent.child(tokens, from, to));
  }

  PrefixNode pinned(PrefixNode node) {
    node.pins++;
    return node;
  }

  void unpin(PrefixNode node) {
    node.pins--;
    prune(node);
  }

  /** Notes that a node's block is used for something else from now on. */
  void evict(PrefixNode node) {
    node.block = PrefixNode.NO_BLOCK;
    prune(node);
  }

  int size() {
    return nodes.size();
  }

  private PrefixNode interned(PrefixNode node) {
    PrefixNode known = nodes.putIfAbsent(node, node);
    if (known != null) {
      return known;
    }
    if (node.parent != null) {
      node.parent.pins++;
    }
    return node;
  }

  private void prune(PrefixNode node) {
    PrefixNode current = node;
    while (current != null && current.pins == 0 && current.block == PrefixNode.NO_BLOCK) {
      nodes.remove(current);
      current = current.parent;
      if (current != null) {
        current.pins--;
      }
    }
  }
}
