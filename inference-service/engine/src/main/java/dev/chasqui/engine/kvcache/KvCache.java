package dev.chasqui.engine.kvcache;

/**
 * Hands out the KV blocks of one model, and finds those that hold a prefix already.
 *
 * <p>A block is written by one sequence only; once full and computed it may be read by many, and
 * stays findable after its last reader has gone until it is reused. Belongs to the engine's thread.
 */
public final class KvCache {

  private final int blockSizeTokens;
  private final PrefixTree tree = new PrefixTree();
  private final BlockPool pool;
  private long lookedUpTokens;
  private long hitTokens;

  /**
   * Makes an empty cache.
   *
   * @param blocks number of blocks, at least 1
   * @param blockSizeTokens tokens of one block, at least 1
   */
  public KvCache(int blocks, int blockSizeTokens) {
    this.blockSizeTokens = blockSizeTokens;
    this.pool = new BlockPool(blocks, tree);
  }

  /**
   * Returns an empty table.
   *
   * @param scope within what it shares blocks
   * @return a table, to be {@link #release released}
   */
  public BlockTable open(PrefixScope scope) {
    return new BlockTable(tree.pinnedRoot(scope));
  }

  /**
   * Extends a table by computed blocks of the same prefix, if it holds no block of its own yet.
   *
   * @param table a table that holds computed blocks only
   * @param tokens the sequence's tokens
   * @param limit how many of them may be shared
   * @return positions that the table covers now
   */
  public int share(BlockTable table, int[] tokens, int limit) {
    while (table.known == table.size() && (table.known + 1) * blockSizeTokens <= limit) {
      int from = table.known * blockSizeTokens;
      PrefixNode child = tree.findChild(table.cursor, tokens, from, from + blockSizeTokens);
      if (child == null) {
        break;
      }
      pool.retain(child.block);
      table.add(child.block);
      moveTo(table, child);
    }
    return table.known * blockSizeTokens;
  }

  /**
   * Adds blocks of its own to a table, all that are needed or none.
   *
   * @param table the table
   * @param positions how many positions it must cover
   * @return whether there were enough free blocks
   */
  public boolean reserve(BlockTable table, int positions) {
    int missing = blocksFor(positions) - table.size();
    if (missing > pool.free()) {
      return false;
    }
    for (int i = 0; i < missing; i++) {
      table.add(pool.allocate());
    }
    return true;
  }

  /**
   * Notes that positions were computed: full blocks can be shared from now on. Where another
   * sequence computed the same block, the table takes that one and gives its own back.
   *
   * @param table the table
   * @param tokens the sequence's tokens
   * @param positions how many of them are computed
   */
  public void markComputed(BlockTable table, int[] tokens, int positions) {
    while ((table.known + 1) * blockSizeTokens <= positions) {
      int from = table.known * blockSizeTokens;
      PrefixNode node = tree.child(table.cursor, tokens, from, from + blockSizeTokens);
      int own = table.block(table.known);
      if (node.block == PrefixNode.NO_BLOCK) {
        pool.setContent(own, node);
      } else if (node.block != own) {
        pool.retain(node.block);
        table.set(table.known, node.block);
        pool.release(own);
      }
      moveTo(table, node);
    }
  }

  /**
   * Gives the last blocks of a table back, beyond those that positions take.
   *
   * @param table the table
   * @param positions how many positions it must still cover, at least those that are computed
   */
  public void trim(BlockTable table, int positions) {
    while (table.size() > blocksFor(positions)) {
      pool.release(table.removeLast());
    }
  }

  /**
   * Gives all blocks of a table back, the last one first: of a prefix the beginning lives longest.
   *
   * @param table not to be used again
   */
  public void release(BlockTable table) {
    while (table.size() > 0) {
      pool.release(table.removeLast());
    }
    tree.unpin(table.cursor);
  }

  /**
   * Counts a prompt that was looked up.
   *
   * @param tokens its tokens
   * @param hits those of them that were found computed
   */
  public void countLookup(int tokens, int hits) {
    lookedUpTokens += tokens;
    hitTokens += hits;
  }

  /** Returns how many blocks so many positions take. */
  public int blocksFor(int positions) {
    return Math.ceilDiv(positions, blockSizeTokens);
  }

  /** Returns how many positions the blocks of a table hold. */
  public int positions(BlockTable table) {
    return table.size() * blockSizeTokens;
  }

  /** Returns tokens of one block. */
  public int blockSizeTokens() {
    return blockSizeTokens;
  }

  /** Returns blocks that no table holds. */
  public int freeBlocks() {
    return pool.free();
  }

  /** Returns how the cache is used. */
  public KvCacheUse use() {
    return new KvCacheUse(pool.size() - pool.free(), pool.size(), lookedUpTokens, hitTokens);
  }

  /** Returns nodes kept for lookups; bounded by the blocks and the tokens of open tables. */
  int nodes() {
    return tree.size();
  }

  private void moveTo(BlockTable table, PrefixNode node) {
    PrefixNode left = table.cursor;
    table.cursor = tree.pinned(node);
    table.known++;
    tree.unpin(left);
  }
}
