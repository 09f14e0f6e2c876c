package dev.chasqui.engine.backend.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.chasqui.engine.backend.Activation;
import dev.chasqui.engine.backend.AttentionShape;
import dev.chasqui.engine.backend.KvPages;
import dev.chasqui.engine.backend.KvShape;
import dev.chasqui.engine.backend.Slice;
import dev.chasqui.engine.backend.Step;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AttentionTests {

  private static final int LENGTH = 75;

  private final VectorKernels kernels = new VectorKernels(2);

  @AfterEach
  void close() {
    kernels.close();
  }

  /** Heads, KV heads, head size, block size: whole vectors, half strips, and off the lane width. */
  @ParameterizedTest
  @CsvSource({"9, 3, 64, 16", "4, 4, 32, 32", "8, 1, 16, 48", "6, 2, 12, 16", "3, 1, 64, 5"})
  void attendsToAllEarlierPositions(int heads, int kvHeads, int headSize, int blockSize) {
    Sequence sequence = new Sequence(new AttentionShape(heads, kvHeads, headSize), blockSize, 1);

    float[] prefilled = sequence.attend(sequence.pages(), 0, LENGTH);

    double[] expected = sequence.expected();
    for (int i = 0; i < prefilled.length; i++) {
      assertThat((double) prefilled[i]).isCloseTo(expected[i], within(1e-5));
    }
  }

  @ParameterizedTest
  @CsvSource({"9, 3, 64, 16", "4, 4, 32, 32", "8, 1, 16, 48", "6, 2, 12, 16", "3, 1, 64, 5"})
  void givesTheSameBitsInChunksAndOneByOne(int heads, int kvHeads, int headSize, int blockSize) {
    Sequence sequence = new Sequence(new AttentionShape(heads, kvHeads, headSize), blockSize, 1);
    float[] whole = sequence.attend(sequence.pages(), 0, LENGTH);

    for (int chunk : new int[] {1, 2, 7, 31}) {
      for (int from = 0; from < LENGTH; from += chunk) {
        int rows = Math.min(chunk, LENGTH - from);
        int width = heads * headSize;
        assertThat(sequence.attend(sequence.pages(), from, rows))
            .isEqualTo(Arrays.copyOfRange(whole, from * width, (from + rows) * width));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"9, 3, 64, 16", "6, 2, 12, 16", "3, 1, 64, 5"})
  void neverTouchesPositionsBehindTheRow(int heads, int kvHeads, int headSize, int blockSize) {
    Sequence sequence = new Sequence(new AttentionShape(heads, kvHeads, headSize), blockSize, 1);
    float[] whole = sequence.attend(sequence.pages(), 0, LENGTH);
    int broken = 40;
    int width = heads * headSize;

    float[] beside = sequence.attend(sequence.pagesWithNaNFrom(broken), 0, LENGTH);

    assertThat(Arrays.copyOf(beside, broken * width))
        .isEqualTo(Arrays.copyOf(whole, broken * width));
    for (int i = broken * width; i < beside.length; i++) {
      assertThat(beside[i]).isNaN();
    }
  }

  @ParameterizedTest
  @CsvSource({"9, 3, 64, 16", "3, 1, 64, 5"})
  void keepsSequencesOfAStepApart(int heads, int kvHeads, int headSize, int blockSize) {
    AttentionShape shape = new AttentionShape(heads, kvHeads, headSize);
    Sequence one = new Sequence(shape, blockSize, 1);
    Sequence two = new Sequence(shape, blockSize, 2);
    Activation queries = new Activation(LENGTH + 1, shape.queryWidth());
    int last = LENGTH - 1;
    System.arraycopy(one.queries, 0, queries.values(), 0, LENGTH * shape.queryWidth());
    System.arraycopy(
        one.queries,
        last * shape.queryWidth(),
        queries.values(),
        LENGTH * shape.queryWidth(),
        shape.queryWidth());
    KvPages pages = one.pages();
    int[] table = one.table();
    Activation out = new Activation(LENGTH + 1, shape.queryWidth());
    Step step =
        new Step(
            new int[LENGTH + 1],
            List.of(new Slice(0, LENGTH, 0, table), new Slice(LENGTH, 1, last, table)),
            new int[0]);

    kernels.attend(step, queries, pages, shape, out);

    float[] alone = one.attend(pages, 0, LENGTH);
    float[] both = out.toArray();
    assertThat(Arrays.copyOf(both, alone.length)).isEqualTo(alone);
    assertThat(Arrays.copyOfRange(both, alone.length, both.length))
        .isEqualTo(Arrays.copyOfRange(alone, last * shape.queryWidth(), alone.length));
    assertThat(two.attend(two.pages(), 0, LENGTH)).isNotEqualTo(alone);
  }

  /** Random queries, keys and values of one sequence, stored in blocks of descending ids. */
  private final class Sequence {
    private final AttentionShape shape;
    private final int blockSize;
    private final float[] queries;
    private final float[] keys;
    private final float[] values;

    Sequence(AttentionShape shape, int blockSize, long seed) {
      this.shape = shape;
      this.blockSize = blockSize;
      queries = Gaussians.of(LENGTH * shape.queryWidth(), 3 * seed);
      keys = Gaussians.of(LENGTH * shape.kvWidth(), 3 * seed + 1);
      values = Gaussians.of(LENGTH * shape.kvWidth(), 3 * seed + 2);
    }

    private int[] table() {
      int blocks = (LENGTH + blockSize - 1) / blockSize;
      int[] table = new int[blocks];
      Arrays.setAll(table, i -> blocks - 1 - i);
      return table;
    }

    private Step step(int from, int rows) {
      return new Step(new int[rows], List.of(new Slice(0, rows, from, table())), new int[0]);
    }

    KvPages pages() {
      return pages(keys, values);
    }

    KvPages pagesWithNaNFrom(int position) {
      float[] brokenKeys = keys.clone();
      float[] brokenValues = values.clone();
      Arrays.fill(brokenKeys, position * shape.kvWidth(), keys.length, Float.NaN);
      Arrays.fill(brokenValues, position * shape.kvWidth(), values.length, Float.NaN);
      return pages(brokenKeys, brokenValues);
    }

    private KvPages pages(float[] someKeys, float[] someValues) {
      KvPages pages = new KvPages(new KvShape(table().length, blockSize), shape);
      Arrays.fill(pages.keys(), Float.NaN);
      Arrays.fill(pages.values(), Float.NaN);
      Activation newKeys = new Activation(LENGTH, shape.kvWidth());
      Activation newValues = new Activation(LENGTH, shape.kvWidth());
      System.arraycopy(someKeys, 0, newKeys.values(), 0, someKeys.length);
      System.arraycopy(someValues, 0, newValues.values(), 0, someValues.length);
      pages.store(step(0, LENGTH), newKeys, newValues);
      return pages;
    }

    float[] attend(KvPages pages, int from, int rows) {
      Activation in = new Activation(rows, shape.queryWidth());
      Activation out = new Activation(rows, shape.queryWidth());
      int width = shape.queryWidth();
      System.arraycopy(queries, from * width, in.values(), 0, rows * width);
      kernels.attend(step(from, rows), in, pages, shape, out);
      return out.toArray();
    }

    double[] expected() {
      double[] out = new double[LENGTH * shape.queryWidth()];
      for (int row = 0; row < LENGTH; row++) {
        for (int head = 0; head < shape.heads(); head++) {
          attendOne(row, head, out);
        }
      }
      return out;
    }

    private void attendOne(int row, int head, double[] out) {
      int size = shape.headSize();
      int q = row * shape.queryWidth() + head * size;
      int kv = head / shape.headsPerKvHead() * size;
      double[] weights = new double[row + 1];
      double total = 0;
      for (int position = 0; position <= row; position++) {
        double score = 0;
        for (int d = 0; d < size; d++) {
          score += queries[q + d] * keys[position * shape.kvWidth() + kv + d];
        }
        weights[position] = Math.exp(score * shape.scale());
        total += weights[position];
      }
      for (int position = 0; position <= row; position++) {
        for (int d = 0; d < size; d++) {
          out[q + d] += weights[position] / total * values[position * shape.kvWidth() + kv + d];
        }
      }
    }
  }
}
