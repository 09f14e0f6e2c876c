package dev.chasqui.engine.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chasqui.engine.backend.Backend;
import dev.chasqui.engine.backend.KvShape;
import dev.chasqui.engine.backend.KvType;
import dev.chasqui.engine.backend.Logits;
import dev.chasqui.engine.backend.Slice;
import dev.chasqui.engine.backend.Step;
import dev.chasqui.engine.checkpoint.Checkpoint;
import dev.chasqui.engine.checkpoint.Checkpoints;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** However the tokens of a sequence are spread over steps, and whoever shares them: same logits. */
public abstract class SequenceContract {

  private static final int BLOCK_SIZE = 8;
  private static final int[] FIRST = tokens(41, 3);
  private static final int[] SECOND = tokens(17, 5);
  private static final int[] THIRD = tokens(1, 7);

  private Checkpoint checkpoint;
  private Transformer transformer;

  /** Returns the backend to test. */
  protected abstract Backend backend();

  /** Returns how keys and values are kept. */
  protected KvType kvType() {
    return KvType.AUTO;
  }

  /**
   * Bit for bit; a backend whose kernels differ by batch size may say how far they may lie apart.
   */
  protected void assertSame(float[] actual, float[] expected) {
    assertThat(actual).containsExactly(expected);
  }

  @BeforeEach
  void load() {
    checkpoint = Checkpoints.open(GoldenModel.of("gguf-06-llama32", "Q4_0").file());
    transformer = Transformer.load(checkpoint, backend(), new KvShape(40, BLOCK_SIZE, kvType()));
  }

  @AfterEach
  void close() {
    transformer.close();
    checkpoint.close();
  }

  @Test
  void prefillsInChunksAsInOneCall() {
    float[] whole = run(FIRST, 0, blocks(0));
    for (int chunk : new int[] {1, 2, 7, 8, 16, 40}) {
      float[] last = {};
      for (int start = 0; start < FIRST.length; start += chunk) {
        int end = Math.min(start + chunk, FIRST.length);
        last = run(Arrays.copyOfRange(FIRST, start, end), start, blocks(10));
      }
      assertSame(last, whole);
    }
  }

  @Test
  void computesSequencesTogetherAsAlone() {
    List<float[]> alone =
        List.of(run(FIRST, 0, blocks(0)), run(SECOND, 0, blocks(0)), run(THIRD, 0, blocks(0)));
    int[] all = concat(FIRST, SECOND, THIRD);
    List<Slice> slices =
        List.of(
            new Slice(0, 41, 0, blocks(0)),
            new Slice(41, 17, 0, blocks(10)),
            new Slice(58, 1, 0, blocks(20)));
    Logits together = transformer.forward(new Step(all, slices, new int[] {40, 57, 58}));
    for (int i = 0; i < 3; i++) {
      assertSame(together.row(i), alone.get(i));
    }
  }

  @Test
  void decodesOneSequenceWhileAnotherIsPrefilled() {
    float[] decodedAlone = run(concat(FIRST, THIRD), 0, blocks(0));
    float[] prefilledAlone = run(SECOND, 0, blocks(0));
    run(FIRST, 0, blocks(10));
    List<Slice> slices =
        List.of(new Slice(0, 1, FIRST.length, blocks(10)), new Slice(1, 17, 0, blocks(20)));
    Logits logits = transformer.forward(new Step(concat(THIRD, SECOND), slices, new int[] {0, 17}));
    assertSame(logits.row(0), decodedAlone);
    assertSame(logits.row(1), prefilledAlone);
  }

  @Test
  void continuesSharedBlocksInSequencesOfTheirOwn() {
    int[] prefix = Arrays.copyOf(FIRST, 16);
    float[] one = run(concat(prefix, SECOND), 0, blocks(0));
    float[] two = run(concat(prefix, THIRD), 0, blocks(0));
    run(prefix, 0, blocks(30));
    int[] withOne = {30, 31, 10, 11, 12};
    int[] withTwo = {30, 31, 20};
    List<Slice> slices = List.of(new Slice(0, 17, 16, withOne), new Slice(17, 1, 16, withTwo));
    Logits logits =
        transformer.forward(new Step(concat(SECOND, THIRD), slices, new int[] {16, 17}));
    assertSame(logits.row(0), one);
    assertSame(logits.row(1), two);
  }

  /** Guesses are rows behind the token that decodes; wrong ones are overwritten later. */
  @Test
  void verifiesGuessesAsIfTheyWereDecodedOneByOne() {
    run(FIRST, 0, blocks(10));
    float[][] alone = new float[9][];
    for (int i = 0; i < alone.length; i++) {
      alone[i] = run(new int[] {SECOND[i]}, FIRST.length + i, blocks(10));
    }
    run(FIRST, 0, blocks(0));
    int[] wrong = {SECOND[0], 500, 501, 502, 503, 504, 505, 506, 507};
    run(wrong, FIRST.length, blocks(0));
    for (int count = 1; count <= alone.length; count++) {
      int[] all = IntStream.range(0, count).toArray();
      int[] guessed = Arrays.copyOf(SECOND, count);
      Logits logits = transformer.forward(step(guessed, FIRST.length, blocks(0), all));
      for (int i = 0; i < count; i++) {
        assertSame(logits.row(i), alone[i]);
      }
    }
  }

  @Test
  void givesLogitsInTheOrderAskedFor() {
    Step all = step(SECOND, 0, blocks(0), new int[] {3, 16});
    Logits logits = transformer.forward(all);
    float[] third = logits.row(0);
    float[] last = logits.row(1);
    Logits reversed = transformer.forward(step(SECOND, 0, blocks(0), new int[] {16, 3, 3}));
    assertThat(reversed.rows()).isEqualTo(3);
    assertSame(reversed.row(0), last);
    assertSame(reversed.row(1), third);
    assertSame(reversed.row(2), third);
    assertThat(transformer.forward(step(SECOND, 0, blocks(0), new int[0])).rows()).isZero();
  }

  @Test
  void refusesTokensAndBlocksThatDoNotExist() {
    assertThatThrownBy(() -> run(new int[] {512}, 0, blocks(0)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("token id 512");
    assertThatThrownBy(() -> run(new int[] {1}, 0, new int[] {40}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("block 40");
    assertThatThrownBy(() -> run(FIRST, 0, new int[] {1, 2, 3, 4, 5}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("needs 6 blocks");
  }

  private float[] run(int[] tokens, int start, int[] blocks) {
    int[] lastRow = {tokens.length - 1};
    return transformer.forward(step(tokens, start, blocks, lastRow)).row(0);
  }

  private static Step step(int[] tokens, int start, int[] blocks, int[] logitRows) {
    return new Step(tokens, List.of(new Slice(0, tokens.length, start, blocks)), logitRows);
  }

  private static int[] blocks(int first) {
    return IntStream.range(first, first + 10).toArray();
  }

  private static int[] tokens(int count, int stride) {
    return IntStream.range(0, count).map(i -> (i * stride * 31 + stride) % 512).toArray();
  }

  private static int[] concat(int[]... parts) {
    return Arrays.stream(parts).flatMapToInt(Arrays::stream).toArray();
  }
}
