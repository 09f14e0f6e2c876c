package dev.chasqui.engine.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What attention of every implementation of {@link Kernels} must do. */
public abstract class AttentionContract {

  private Kernels kernels;

  /** Returns the kernels to test; the contract closes them. */
  protected abstract Kernels kernels();

  @BeforeEach
  void open() {
    kernels = kernels();
  }

  @AfterEach
  void close() {
    kernels.close();
  }

  @ParameterizedTest
  @CsvSource({"1,1,1,1", "4,4,8,16", "16,2,8,3", "9,3,64,16", "8,2,32,32", "3,1,13,5", "6,2,80,1"})
  void attendsCausallyOverPages(int heads, int kvHeads, int headSize, int blockSizeTokens) {
    AttentionShape shape = new AttentionShape(heads, kvHeads, headSize);
    KvShape kv = new KvShape(200, blockSizeTokens);
    KvPages pages = randomPages(kv, shape);
    List<Slice> slices =
        List.of(
            slice(0, 1, 0, kv, 50),
            slice(1, 1, 70, kv, 110),
            slice(2, 7, 0, kv, 60),
            slice(9, 5, 33, kv, 0));
    Step step = new Step(new int[14], slices, new int[0]);
    Activation queries = randomRows(14, shape.queryWidth());
    Activation out = new Activation(14, shape.queryWidth());
    kernels.attend(step, queries, pages, shape, out);
    Scene scene = new Scene(shape, pages, queries, out);
    for (Slice slice : slices) {
      for (int row = 0; row < slice.rows(); row++) {
        for (int head = 0; head < heads; head++) {
          scene.check(slice, row, head);
        }
      }
    }
  }

  @Test
  void neverReadsPositionsBeyondTheRow() {
    AttentionShape shape = new AttentionShape(4, 2, 16);
    KvShape kv = new KvShape(4, 8);
    KvPages pages = new KvPages(kv, shape);
    Arrays.fill(pages.keys(), Float.NaN);
    Arrays.fill(pages.values(), Float.NaN);
    Slice slice = new Slice(0, 11, 0, new int[] {2, 0});
    Step step = new Step(new int[11], List.of(slice), new int[0]);
    pages.store(step, randomRows(11, shape.kvWidth()), randomRows(11, shape.kvWidth()));
    Activation out = new Activation(11, shape.queryWidth());
    kernels.attend(step, randomRows(11, shape.queryWidth()), pages, shape, out);
    for (float value : out.toArray()) {
      assertThat(value).isFinite();
    }
  }

  @Test
  void readsBlocksThatSequencesShare() {
    AttentionShape shape = new AttentionShape(4, 2, 16);
    KvShape kv = new KvShape(4, 4);
    KvPages pages = randomPages(kv, shape);
    Slice one = new Slice(0, 1, 6, new int[] {3, 1});
    Slice two = new Slice(1, 1, 6, new int[] {3, 2});
    Activation queries = randomRows(2, shape.queryWidth());
    Activation out = new Activation(2, shape.queryWidth());
    kernels.attend(new Step(new int[2], List.of(one, two), new int[0]), queries, pages, shape, out);
    Scene scene = new Scene(shape, pages, queries, out);
    for (int head = 0; head < 4; head++) {
      scene.check(one, 0, head);
      scene.check(two, 0, head);
    }
  }

  @Test
  void survivesScoresThatExponentiateToInfinity() {
    AttentionShape shape = new AttentionShape(2, 1, 16);
    KvShape kv = new KvShape(1, 8);
    KvPages pages = randomPages(kv, shape);
    Activation queries = randomRows(1, shape.queryWidth());
    for (int i = 0; i < queries.values().length; i++) {
      queries.values()[i] *= 1000;
    }
    Slice slice = new Slice(0, 1, 5, new int[1]);
    Activation out = new Activation(1, shape.queryWidth());
    kernels.attend(new Step(new int[1], List.of(slice), new int[0]), queries, pages, shape, out);
    Scene scene = new Scene(shape, pages, queries, out);
    scene.check(slice, 0, 0);
    scene.check(slice, 0, 1);
  }

  @Test
  void attendsEachRowAsIfItWereAlone() {
    AttentionShape shape = new AttentionShape(4, 2, 16);
    KvShape kv = new KvShape(40, 4);
    KvPages pages = randomPages(kv, shape);
    List<Slice> slices = List.of(slice(0, 6, 3, kv, 0), slice(6, 1, 40, kv, 10));
    Activation queries = randomRows(7, shape.queryWidth());
    Activation out = new Activation(7, shape.queryWidth());
    kernels.attend(new Step(new int[7], slices, new int[0]), queries, pages, shape, out);
    int width = shape.queryWidth();
    Activation alone = new Activation(1, width);
    for (int row = 0; row < 7; row++) {
      Slice of = row < 6 ? slices.get(0) : slices.get(1);
      Slice single = new Slice(0, 1, of.startPosition() + row - of.firstRow(), of.blockTable());
      Activation query = new Activation(1, width);
      System.arraycopy(queries.values(), row * width, query.values(), 0, width);
      kernels.attend(new Step(new int[1], List.of(single), new int[0]), query, pages, shape, alone);
      assertSameRow(
          alone.toArray(), Arrays.copyOfRange(out.values(), row * width, (row + 1) * width));
    }
  }

  /**
   * Bit for bit; a backend whose kernels differ by batch size may say how far they may lie apart.
   */
  protected void assertSameRow(float[] alone, float[] inCompany) {
    assertThat(inCompany).containsExactly(alone);
  }

  /** A call of the kernel, with what it was given and what it wrote. */
  private record Scene(AttentionShape shape, KvPages pages, Activation queries, Activation out) {

    void check(Slice slice, int row, int head) {
      int at = ((slice.firstRow() + row) * shape.heads() + head) * shape.headSize();
      int positions = slice.startPosition() + row + 1;
      int kvHead = head / shape.headsPerKvHead();
      double[] weights = new double[positions];
      for (int position = 0; position < positions; position++) {
        int size = pages.shape().blockSizeTokens();
        int block = slice.blockTable()[position / size];
        int key = pages.keyOffset(block, kvHead, position % size);
        double score = 0;
        for (int i = 0; i < shape.headSize(); i++) {
          score += (double) queries.values()[at + i] * pages.keys()[key + i * size];
        }
        weights[position] = score / Math.sqrt(shape.headSize());
      }
      double greatest = Arrays.stream(weights).max().orElseThrow();
      double sum = Arrays.stream(weights).map(score -> Math.exp(score - greatest)).sum();
      for (int i = 0; i < shape.headSize(); i++) {
        double expected = 0;
        for (int position = 0; position < positions; position++) {
          int size = pages.shape().blockSizeTokens();
          int block = slice.blockTable()[position / size];
          int value = pages.valueOffset(block, kvHead, position % size);
          expected += Math.exp(weights[position] - greatest) / sum * pages.values()[value + i];
        }
        assertThat((double) out.values()[at + i])
            .as("position %d head %d value %d", positions - 1, head, i)
            .isCloseTo(expected, within(2e-5));
      }
    }
  }

  /** Blocks in an order of their own, not ascending. */
  private static Slice slice(int firstRow, int rows, int start, KvShape kv, int firstBlock) {
    int blocks = Math.ceilDiv(start + rows, kv.blockSizeTokens());
    int[] table = new int[blocks];
    for (int i = 0; i < blocks; i++) {
      table[i] = firstBlock + blocks - 1 - i;
    }
    return new Slice(firstRow, rows, start, table);
  }

  private static KvPages randomPages(KvShape kv, AttentionShape shape) {
    KvPages pages = new KvPages(kv, shape);
    Random random = new Random(1);
    for (int i = 0; i < pages.keys().length; i++) {
      pages.keys()[i] = (float) random.nextGaussian();
      pages.values()[i] = (float) random.nextGaussian();
    }
    return pages;
  }

  private static Activation randomRows(int rows, int width) {
    Activation activation = new Activation(rows, width);
    Random random = new Random(rows);
    for (int i = 0; i < rows * width; i++) {
      activation.values()[i] = (float) random.nextGaussian();
    }
    return activation;
  }
}
