package dev.chasqui.engine.kvcache;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Counts the references to each block. Blocks without any keep their content and form a queue, from
 * which the one that was freed longest ago is reused first; those without content go before all.
 */
final class BlockPool {

  private static final int NONE = -1;

  private final PrefixTree tree;
  private final int[] references;
  private final @Nullable PrefixNode[] contents;

  /** The queue of free blocks, doubly linked; a block in use has no neighbours. */
  private final int[] next;

  private final int[] previous;
  private int first = NONE;
  private int last = NONE;
  private int free;

  BlockPool(int blocks, PrefixTree tree) {
    this.tree = tree;
    references = new int[blocks];
    contents = new @Nullable PrefixNode[blocks];
    next = new int[blocks];
    previous = new int[blocks];
    Arrays.fill(next, NONE);
    Arrays.fill(previous, NONE);
    for (int block = blocks - 1; block >= 0; block--) {
      enqueueFirst(block);
    }
  }

  int size() {
    return references.length;
  }

  int free() {
    return free;
  }

  /** Takes a block for new content; there must be a free one. */
  int allocate() {
    if (free == 0) {
      throw new IllegalStateException("all " + size() + " KV blocks are in use");
    }
    int block = first;
    PrefixNode content = contents[block];
    if (content != null) {
      contents[block] = null;
      tree.evict(content);
    }
    retain(block);
    return block;
  }

  /** Adds a reference to a block, for its content. */
  void retain(int block) {
    if (references[block]++ == 0) {
      unlink(block);
    }
  }

  /** Takes a reference from a block. */
  void release(int block) {
    if (references[block] == 0) {
      throw new IllegalStateException("KV block " + block + " was released once too often");
    }
    if (--references[block] > 0) {
      return;
    }
    if (contents[block] == null) {
      enqueueFirst(block);
    } else {
      enqueueLast(block);
    }
  }

  /** Notes what a block in use contains. */
  void setContent(int block, PrefixNode content) {
    contents[block] = content;
    content.block = block;
  }

  private void enqueueFirst(int block) {
    link(NONE, block);
    link(block, first);
    first = block;
    last = last == NONE ? block : last;
    free++;
  }

  private void enqueueLast(int block) {
    link(last, block);
    link(block, NONE);
    last = block;
    first = first == NONE ? block : first;
    free++;
  }

  private void unlink(int block) {
    int before = previous[block];
    int after = next[block];
    link(before, after);
    first = first == block ? after : first;
    last = last == block ? before : last;
    free--;
  }

  private void link(int before, int after) {
    if (before != NONE) {
      next[before] = after;
    }
    if (after != NONE) {
      previous[after] = before;
    }
  }
}
