package dev.chasqui.engine.backend.vector;

import static dev.chasqui.engine.backend.vector.Lanes.COUNT;
import static dev.chasqui.engine.backend.vector.Lanes.FLOATS;
import static dev.chasqui.engine.backend.vector.Lanes.STRIP;

import dev.chasqui.engine.backend.AttentionShape;
import dev.chasqui.engine.backend.KvPages;
import dev.chasqui.engine.backend.Slice;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/**
 * Up to {@link Tiles#ROWS} queries of one sequence that read the same KV head: scratch of one
 * thread, placed anew for each chunk of work.
 *
 * <p>Queries are numbered through row by row, within a row head by head, so their positions ascend.
 */
final class AttentionTile {

  private final float[] sums = new float[Tiles.sums()];
  private final int[] positions = new int[Tiles.ROWS];
  private final float[] totals = new float[Tiles.ROWS];
  private final int[] fourRows = new int[4];
  private final int[] eightRows = new int[8];
  private final int[] queryAt = new int[8];
  private float[] scores = new float[0];
  private int scoreWidth;
  private int count;
  private int kvHead;
  private Slice slice = new Slice(0, 1, 0, new int[1]);
  private AttentionShape shape = new AttentionShape(1, 1, 1);

  /** Chooses the queries from number {@code first} on. */
  void place(Slice slice, AttentionShape shape, int kvHead, int first) {
    this.slice = slice;
    this.shape = shape;
    this.kvHead = kvHead;
    int heads = shape.headsPerKvHead();
    count = Math.min(Tiles.ROWS, slice.rows() * heads - first);
    for (int i = 0; i < queryAt.length; i++) {
      int query = first + Math.min(i, count - 1);
      int row = query / heads;
      int head = kvHead * heads + query % heads;
      queryAt[i] = (slice.firstRow() + row) * shape.queryWidth() + head * shape.headSize();
      if (i < count) {
        positions[i] = slice.startPosition() + row;
      }
    }
    int longest = positions[count - 1] + 1;
    scoreWidth = (longest + STRIP - 1) / STRIP * STRIP;
    if (scores.length < Tiles.ROWS * scoreWidth) {
      scores = new float[Tiles.ROWS * scoreWidth * 3 / 2];
    }
  }

  /** Writes the attended values of the queries. */
  void attend(float[] queries, KvPages pages, float[] out) {
    boolean wholeVectors =
        pages.shape().blockSizeTokens() % COUNT == 0 && shape.headSize() % COUNT == 0;
    if (wholeVectors) {
      score(queries, pages);
    } else {
      scoreOneByOne(queries, pages);
    }
    for (int i = 0; i < count; i++) {
      int length = positions[i] + 1;
      totals[i] = RowKernels.exponentials(scores, i * scoreWidth, length, shape.scale());
    }
    if (wholeVectors) {
      for (int d = 0; d < shape.headSize(); d += STRIP) {
        sumValues(pages, d, Math.min(d + COUNT, shape.headSize() - COUNT), out);
      }
    } else {
      sumValuesOneByOne(pages, out);
    }
  }

  /** Panel rows are the values of the head, panel columns the positions. */
  private void score(float[] queries, KvPages pages) {
    int block = pages.shape().blockSizeTokens();
    int[] rows = rows();
    System.arraycopy(queryAt, 0, rows, 0, rows.length);
    int longest = positions[count - 1] + 1;
    for (int position = 0; position < longest; position += STRIP) {
      int a = keyAt(pages, position);
      int b = position + COUNT < longest ? keyAt(pages, position + COUNT) : a;
      Arrays.fill(sums, 0f);
      Tiles.tile(pages.keys(), a, b, block, shape.headSize(), queries, rows, sums);
      for (int i = 0; i < count; i++) {
        System.arraycopy(sums, i * STRIP, scores, i * scoreWidth + position, STRIP);
      }
    }
  }

  private int[] rows() {
    return count <= 4 ? fourRows : eightRows;
  }

  private int blockOf(KvPages pages, int position) {
    return slice.blockTable()[position / pages.shape().blockSizeTokens()];
  }

  private int keyAt(KvPages pages, int position) {
    int within = position % pages.shape().blockSizeTokens();
    return pages.keyOffset(blockOf(pages, position), kvHead, within);
  }

  private int valueAt(KvPages pages, int position) {
    int within = position % pages.shape().blockSizeTokens();
    return pages.valueOffset(blockOf(pages, position), kvHead, within);
  }

  /** Panel rows are the positions, panel columns two vectors of the head: at a and at b. */
  private void sumValues(KvPages pages, int a, int b, float[] out) {
    int block = pages.shape().blockSizeTokens();
    int shared = positions[0] + 1;
    int[] rows = rows();
    Arrays.fill(sums, 0f);
    for (int position = 0; position < shared; position += block) {
      for (int i = 0; i < rows.length; i++) {
        rows[i] = Math.min(i, count - 1) * scoreWidth + position;
      }
      int at = valueAt(pages, position);
      int depth = Math.min(block, shared - position);
      Tiles.tile(pages.values(), at + a, at + b, shape.headSize(), depth, scores, rows, sums);
    }
    for (int i = 0; i < count; i++) {
      for (int position = shared; position <= positions[i]; position++) {
        addValue(pages, i, position, a, 0);
        addValue(pages, i, position, b, COUNT);
      }
      divide(i, 0, out, queryAt[i] + a);
      divide(i, COUNT, out, queryAt[i] + b);
    }
  }

  private void addValue(KvPages pages, int query, int position, int part, int lanes) {
    int at = query * STRIP + lanes;
    FloatVector sum = FloatVector.fromArray(FLOATS, sums, at);
    FloatVector value =
        FloatVector.fromArray(FLOATS, pages.values(), valueAt(pages, position) + part);
    value
        .fma(FloatVector.broadcast(FLOATS, scores[query * scoreWidth + position]), sum)
        .intoArray(sums, at);
  }

  private void divide(int query, int lanes, float[] out, int at) {
    FloatVector sum = FloatVector.fromArray(FLOATS, sums, query * STRIP + lanes);
    sum.div(totals[query]).intoArray(out, at);
  }

  /** For blocks or heads that are no whole vectors: the same sums, one lane at a time. */
  private void scoreOneByOne(float[] queries, KvPages pages) {
    int block = pages.shape().blockSizeTokens();
    for (int i = 0; i < count; i++) {
      for (int position = 0; position <= positions[i]; position++) {
        int key = keyAt(pages, position);
        float sum = 0;
        for (int d = 0; d < shape.headSize(); d++) {
          sum = Math.fma(pages.keys()[key + d * block], queries[queryAt[i] + d], sum);
        }
        scores[i * scoreWidth + position] = sum;
      }
    }
  }

  private void sumValuesOneByOne(KvPages pages, float[] out) {
    for (int i = 0; i < count; i++) {
      int at = queryAt[i];
      Arrays.fill(out, at, at + shape.headSize(), 0f);
      for (int position = 0; position <= positions[i]; position++) {
        int value = valueAt(pages, position);
        float weight = scores[i * scoreWidth + position];
        for (int d = 0; d < shape.headSize(); d++) {
          out[at + d] = Math.fma(pages.values()[value + d], weight, out[at + d]);
        }
      }
      for (int d = 0; d < shape.headSize(); d++) {
        out[at + d] /= totals[i];
      }
    }
  }
}
