package dev.chasqui.engine.backend.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chasqui.engine.api.BackendUnavailableException;
import dev.chasqui.engine.api.DeviceFailureException;
import dev.chasqui.engine.backend.KvShape;
import dev.chasqui.engine.backend.Slice;
import dev.chasqui.engine.backend.Step;
import dev.chasqui.engine.checkpoint.Checkpoint;
import dev.chasqui.engine.checkpoint.Checkpoints;
import dev.chasqui.engine.model.GoldenModel;
import dev.chasqui.engine.model.Transformer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a session tells the library, against a fake of it. */
class CudaSessionTests {

  private static final KvShape KV = new KvShape(64, 16);
  private static final int ROWS = 0;
  private static final int LOGIT_ROWS = 1;
  private static final int WANTED = 2;
  private static final int SEQUENCES = 3;
  private static final int STRIDE = 4;
  private static final int SINGLES = 5;
  private static final int TILES = 6;
  private static final int LONGEST = 7;
  private static final int REPEATABLE = 10;

  private final FakeLibrary library = new FakeLibrary();
  private Checkpoint checkpoint;

  @BeforeEach
  void open() {
    checkpoint = Checkpoints.open(GoldenModel.of("gguf-06-llama32", "BF16").file());
  }

  @AfterEach
  void close() {
    checkpoint.close();
    assertThat(library.open).as("sessions that were left open").isZero();
  }

  @Test
  void uploadsEveryMatrixOnceAndSetsTheProgramLast() {
    load().close();
    List<String> calls = library.calls;
    assertThat(calls.getFirst()).isEqualTo("open 1");
    assertThat(calls.get(calls.size() - 2)).startsWith("program ");
    assertThat(calls.getLast()).isEqualTo("close");
    int layers = checkpoint.config().layers();
    long matrices = calls.stream().filter(call -> call.startsWith("matrix")).count();
    assertThat(matrices)
        .as("the table, and of each layer qkv, output, gate with up, down")
        .isEqualTo(1 + 4L * layers);
    long fills = calls.stream().filter(call -> call.startsWith("fill")).count();
    assertThat(fills).isEqualTo(1 + 7L * layers);
    assertThat(calls.stream().filter(call -> call.startsWith("fill")).distinct())
        .hasSize((int) fills);
  }

  @Test
  void fillsDecodeStepsUpToBuckets() {
    try (Transformer model = load()) {
      for (int rows : new int[] {1, 3, 8, 9}) {
        assertThat(model.forward(decode(rows, 40)).rows()).isEqualTo(rows);
      }
    }
    int[] filled = library.steps.stream().mapToInt(step -> step[ROWS]).toArray();
    assertThat(filled).containsExactly(1, 4, 8, 16);
    int[] three = library.steps.get(1);
    assertThat(three[LOGIT_ROWS]).isEqualTo(4);
    assertThat(three[WANTED]).isEqualTo(3);
    assertThat(three[SEQUENCES]).isEqualTo(4);
    assertThat(three[SINGLES]).isEqualTo(4);
    assertThat(three[REPEATABLE]).isEqualTo(1);
    assertThat(three[LONGEST]).isEqualTo(256);
    assertThat(three[STRIDE]).isEqualTo(16);
  }

  /** Token ids, sequences, positions; then tables of 16 blocks, singles, logit rows. */
  @Test
  void laysAStepOutAsTheLibraryReadsIt() {
    try (Transformer model = load()) {
      model.forward(decode(3, 40));
    }
    int[] step = library.steps.getFirst();
    int at = StepShape.HEAD;
    assertThat(Arrays.copyOfRange(step, at, at + 4)).containsExactly(10, 11, 12, 0);
    assertThat(Arrays.copyOfRange(step, at + 4, at + 8)).containsExactly(0, 1, 2, 0);
    assertThat(Arrays.copyOfRange(step, at + 8, at + 12)).containsExactly(40, 40, 40, -1);
    int tables = at + 12;
    assertThat(Arrays.copyOfRange(step, tables + 16, tables + 20)).containsExactly(3, 4, 5, 0);
    int singles = tables + 4 * 16;
    assertThat(Arrays.copyOfRange(step, singles, singles + 4)).containsExactly(0, 1, 2, -1);
    int logitRows = singles + 4;
    assertThat(Arrays.copyOfRange(step, logitRows, logitRows + 4)).containsExactly(0, 1, 2, -1);
    assertThat(step).hasSize(StepShape.HEAD + step[StepShape.HEAD - 1]);
    float cosine = Float.intBitsToFloat(step[logitRows + 4]);
    assertThat(cosine).isEqualTo((float) Math.cos(40));
  }

  @Test
  void cutsPrefillsIntoTilesAndFillsNothingUp() {
    try (Transformer model = load()) {
      int[] tokens = new int[100];
      int[] blocks = IntStream.range(0, 7).toArray();
      List<Slice> slices =
          List.of(new Slice(0, 97, 0, blocks), new Slice(97, 3, 16, new int[] {7, 8}));
      model.forward(new Step(tokens, slices, new int[] {96}));
    }
    int[] step = library.steps.getFirst();
    assertThat(step[ROWS]).isEqualTo(100);
    assertThat(step[TILES]).isEqualTo(2);
    assertThat(step[SINGLES]).isEqualTo(3);
    assertThat(step[LONGEST]).isEqualTo(19);
    assertThat(step[REPEATABLE]).isZero();
    int tiles = StepShape.HEAD + 3 * 100 + 2 * step[STRIDE] + 2 + 4;
    assertThat(Arrays.copyOfRange(step, tiles, tiles + 4)).containsExactly(0, 64, 64, 33);
  }

  @Test
  void refusesBeforeAnythingIsUploadedWhatDoesNotFit() {
    library.freeBytes = 100_000;
    assertThatThrownBy(this::load)
        .isInstanceOf(BackendUnavailableException.class)
        .hasMessageContaining("does not fit on cuda:1")
        .hasMessageContaining("keys and values of 1024 tokens");
    assertThat(library.calls).isEmpty();
  }

  @Test
  void closesTheSessionWhereAnUploadFails() {
    library.failure = Optional.of(new DeviceFailureException("cudaErrorECCUncorrectable"));
    assertThatThrownBy(this::load).isSameAs(library.failure.get());
    assertThat(library.calls.getLast()).isEqualTo("close");
  }

  @Test
  void computesNothingMoreOnADeviceThatWasLost() {
    try (Transformer model = load()) {
      library.failure = Optional.of(new DeviceFailureException("cudaErrorIllegalAddress"));
      assertThatThrownBy(() -> model.forward(decode(1, 3))).isSameAs(library.failure.get());
      DeviceFailureException first = library.failure.get();
      library.failure = Optional.empty();
      assertThatThrownBy(() -> model.forward(decode(1, 3))).isSameAs(first);
      assertThat(library.steps).hasSize(1);
    }
  }

  private Transformer load() {
    return Transformer.load(checkpoint, new CudaBackend(library, FakeLibrary.NEW), KV);
  }

  /** Sequence i has blocks 3i, 3i + 1, 3i + 2 and the token 10 + i. */
  private static Step decode(int rows, int position) {
    List<Slice> slices =
        IntStream.range(0, rows)
            .mapToObj(i -> new Slice(i, 1, position, new int[] {3 * i, 3 * i + 1, 3 * i + 2}))
            .toList();
    int[] all = IntStream.range(0, rows).toArray();
    return new Step(IntStream.range(10, 10 + rows).toArray(), slices, all);
  }
}
