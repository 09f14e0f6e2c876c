package dev.chasqui.engine.backend.scalar;

import dev.chasqui.engine.backend.Activation;
import dev.chasqui.engine.backend.AttentionShape;
import dev.chasqui.engine.backend.KvPages;
import dev.chasqui.engine.backend.Slice;

/** Attention of one row after the other. Belongs to one thread. */
final class ScalarAttention {

  /** {@code [positions]}: scores, then probabilities, of one head. */
  private float[] scores = new float[0];

  void attend(
      Slice slice,
      int rowOfSlice,
      Activation queries,
      KvPages pages,
      AttentionShape shape,
      Activation out) {
    int positions = slice.startPosition() + rowOfSlice + 1;
    if (scores.length < positions) {
      scores = new float[Math.max(positions, 2 * scores.length)];
    }
    int row = slice.firstRow() + rowOfSlice;
    for (int head = 0; head < shape.heads(); head++) {
      int at = row * shape.queryWidth() + head * shape.headSize();
      int kvHead = head / shape.headsPerKvHead();
      score(queries.values(), at, slice, kvHead, pages, shape, positions);
      softmax(positions);
      mix(out.values(), at, slice, kvHead, pages, shape, positions);
    }
  }

  private void score(
      float[] queries,
      int at,
      Slice slice,
      int kvHead,
      KvPages pages,
      AttentionShape shape,
      int positions) {
    float scale = shape.scale();
    int blockSize = pages.shape().blockSizeTokens();
    for (int position = 0; position < positions; position++) {
      int block = blockOf(slice, position, pages);
      int key = pages.keyOffset(block, kvHead, position % blockSize);
      float sum = 0;
      for (int i = 0; i < shape.headSize(); i++) {
        sum += queries[at + i] * pages.keys()[key + i * blockSize];
      }
      scores[position] = sum * scale;
    }
  }

  private void softmax(int positions) {
    float greatest = Float.NEGATIVE_INFINITY;
    for (int position = 0; position < positions; position++) {
      greatest = Math.max(greatest, scores[position]);
    }
    double sum = 0;
    for (int position = 0; position < positions; position++) {
      scores[position] = (float) Math.exp(scores[position] - greatest);
      sum += scores[position];
    }
    float share = (float) (1 / sum);
    for (int position = 0; position < positions; position++) {
      scores[position] *= share;
    }
  }

  private void mix(
      float[] out,
      int at,
      Slice slice,
      int kvHead,
      KvPages pages,
      AttentionShape shape,
      int positions) {
    for (int i = 0; i < shape.headSize(); i++) {
      out[at + i] = 0;
    }
    for (int position = 0; position < positions; position++) {
      int block = blockOf(slice, position, pages);
      int value = pages.valueOffset(block, kvHead, position % pages.shape().blockSizeTokens());
      for (int i = 0; i < shape.headSize(); i++) {
        out[at + i] += scores[position] * pages.values()[value + i];
      }
    }
  }

  private static int blockOf(Slice slice, int position, KvPages pages) {
    return slice.blockTable()[position / pages.shape().blockSizeTokens()];
  }
}
