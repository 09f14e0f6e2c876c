package dev.chasqui.engine.backend.vector;

import dev.chasqui.engine.backend.AttentionShape;
import dev.chasqui.engine.backend.KvPages;
import dev.chasqui.engine.backend.Slice;
import dev.chasqui.engine.backend.Step;
import java.util.Arrays;

/**
 * Causal attention over the blocks of each sequence.
 *
 * <p>A chunk of work is a tile of query rows of one sequence that read the same KV head: row and
 * head of the query vary, the keys and values are read once for all of them. Scores are summed over
 * the head and values over the positions in ascending order, so a result has the same bits whether
 * its row is prefilled with others or decoded alone.
 */
final class Attention {

  private final WorkerPool pool;
  private final AttentionTile[] tiles;
  private int[] firstChunks = new int[16];

  Attention(WorkerPool pool) {
    this.pool = pool;
    this.tiles = new AttentionTile[pool.threads()];
    Arrays.setAll(tiles, worker -> new AttentionTile());
  }

  /** Computes all rows of a step; queries and result are {@code [rows, heads, headSize]}. */
  void attend(Step step, float[] queries, KvPages pages, AttentionShape shape, float[] out) {
    int slices = step.slices().size();
    if (firstChunks.length <= slices) {
      firstChunks = new int[2 * slices];
    }
    int chunks = 0;
    for (int i = 0; i < slices; i++) {
      firstChunks[i] = chunks;
      chunks += shape.kvHeads() * tilesOf(step.slices().get(i), shape);
    }
    int[] starts = firstChunks;
    pool.run(
        chunks,
        (chunk, worker) -> {
          int found = Arrays.binarySearch(starts, 0, slices, chunk);
          int index = found < 0 ? -found - 2 : found;
          Slice slice = step.slices().get(index);
          int within = chunk - starts[index];
          int tilesOfHead = tilesOf(slice, shape);
          AttentionTile tile = tiles[worker];
          tile.place(slice, shape, within / tilesOfHead, within % tilesOfHead * Tiles.ROWS);
          tile.attend(queries, pages, out);
        });
  }

  private static int tilesOf(Slice slice, AttentionShape shape) {
    return (slice.rows() * shape.headsPerKvHead() + Tiles.ROWS - 1) / Tiles.ROWS;
  }
}
