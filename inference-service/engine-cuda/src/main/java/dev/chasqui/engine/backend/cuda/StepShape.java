package dev.chasqui.engine.backend.cuda;

import dev.chasqui.engine.backend.Slice;
import dev.chasqui.engine.backend.Step;

/**
 * How many there are of everything in a step. It says where everything lies in its memory, so steps
 * of one shape can be computed by one captured graph.
 *
 * @param rows tokens, filled up
 * @param logitRows rows of logits, filled up
 * @param wantedLogitRows those of them that are handed out
 * @param sequences block tables, filled up
 * @param tableStride blocks of a table
 * @param singles rows that attend one by one, filled up
 * @param tiles runs of rows that attend together
 * @param longest at least the context of every single
 * @param tokenGroups groups of rows that ask for one adapter
 * @param logitGroups the same of logit rows
 * @param repeatable whether the step is worth a graph: it decodes
 */
record StepShape(
    int rows,
    int logitRows,
    int wantedLogitRows,
    int sequences,
    int tableStride,
    int singles,
    int tiles,
    int longest,
    int tokenGroups,
    int logitGroups,
    boolean repeatable) {

  /** Rows of a tile, kQueryTileRows of kernels.h. */
  static final int TILE_ROWS = 64;

  /** Fewer rows of a sequence attend one by one: a tile would be nearly empty. */
  static final int LEAST_OF_A_TILE = 4;

  /** Numbers in front of a step, see {@link #toInts}. */
  static final int HEAD = 12;

  static StepShape of(Step step, int blockSizeTokens, AdapterGroups groups) {
    int sequences = step.slices().size();
    int singles = 0;
    int tiles = 0;
    int longestSingle = 0;
    int longest = 0;
    for (int i = 0; i < sequences; i++) {
      Slice slice = step.slices().get(i);
      longest = Math.max(longest, slice.endPosition());
      if (slice.rows() < LEAST_OF_A_TILE) {
        singles += slice.rows();
        longestSingle = Math.max(longestSingle, slice.endPosition());
      } else {
        tiles += Math.ceilDiv(slice.rows(), TILE_ROWS);
      }
    }
    int rows = step.rows();
    int logitRows = step.logitRows().length;
    if (rows == sequences) {
      return decoding(rows, logitRows, Buckets.length(longest), blockSizeTokens, groups);
    }
    return new StepShape(
        rows,
        logitRows,
        logitRows,
        sequences,
        Math.ceilDiv(longest, blockSizeTokens),
        singles,
        tiles,
        longestSingle,
        groups.ofTokens().count(),
        groups.ofLogits().count(),
        false);
  }

  /** One row of each sequence, filled up to a bucket. */
  private static StepShape decoding(
      int rows, int logitRows, int longest, int blockSizeTokens, AdapterGroups groups) {
    int filled = Buckets.rows(rows);
    int filledLogits = Buckets.rows(logitRows);
    boolean adapted = groups.ofTokens().count() > 0;
    return new StepShape(
        filled,
        filledLogits,
        logitRows,
        filled,
        Math.ceilDiv(longest, blockSizeTokens),
        filled,
        0,
        longest,
        adapted ? filled : 0,
        adapted ? filledLogits : 0,
        true);
  }

  /** Returns the head of a step, with the number of words that follow it. */
  int[] toInts(int words) {
    return new int[] {
      rows,
      logitRows,
      wantedLogitRows,
      sequences,
      tableStride,
      singles,
      tiles,
      longest,
      tokenGroups,
      logitGroups,
      repeatable ? 1 : 0,
      words
    };
  }
}
