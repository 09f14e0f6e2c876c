package dev.chasqui.engine.backend.cuda;

import dev.chasqui.engine.backend.Angles;
import dev.chasqui.engine.backend.Rotation;
import dev.chasqui.engine.backend.Slice;
import dev.chasqui.engine.backend.Step;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;

/**
 * Writes a step as the device reads it: words of four bytes, one copy for all. A head ({@link
 * StepShape#toInts}), then, each from a multiple of 16 bytes on: token ids, sequences and positions
 * of the rows; block tables; singles; tiles; logit rows; groups and row ids of adapters, of tokens
 * and of logit rows; cosines and sines of each rotation. What fills up a bucket is told by
 * kernels.h. The library finds its way by the head alone (step.h).
 */
final class CudaStep {

  private static final int ALIGNMENT = 4;
  private static final int FILL = -1;

  private final Arena arena;
  private final List<Angles> angles;
  private final int blockSizeTokens;
  private final AdapterGroups groups;
  private MemorySegment words = MemorySegment.NULL;
  private int at;
  private int wantedLogitRows;

  CudaStep(Arena arena, List<Rotation> rotations, int blockSizeTokens, int adapters) {
    this.arena = arena;
    this.angles = rotations.stream().map(Angles::new).toList();
    this.blockSizeTokens = blockSizeTokens;
    this.groups = new AdapterGroups(adapters);
  }

  /** Writes a step in place of the last one. */
  void write(Step step) {
    groups.prepare(step);
    StepShape shape = StepShape.of(step, blockSizeTokens, groups);
    wantedLogitRows = shape.wantedLogitRows();
    makeRoom(wordsOf(shape));
    at = StepShape.HEAD;
    writeRows(step, shape);
    writeTables(step, shape);
    writeAttention(step, shape);
    writeFilled(step.logitRows(), step.logitRows().length, shape.logitRows(), FILL);
    writeGroups(groups.ofTokens(), shape.tokenGroups(), shape.rows());
    writeGroups(groups.ofLogits(), shape.logitGroups(), shape.logitRows());
    writeAngles(step, shape);
    MemorySegment.copy(
        shape.toInts(at - StepShape.HEAD), 0, words, ValueLayout.JAVA_INT, 0, StepShape.HEAD);
  }

  /** Returns where the step lies. */
  MemorySegment words() {
    return words;
  }

  /** Returns how many words it has, the head among them. */
  int wordCount() {
    return at;
  }

  /** Returns the rows of logits that are handed out. */
  int wantedLogitRows() {
    return wantedLogitRows;
  }

  private long wordsOf(StepShape shape) {
    long perRow = 4;
    for (Angles each : angles) {
      perRow += 2L * each.rotation().pairs() + 2 * ALIGNMENT;
    }
    return StepShape.HEAD
        + shape.rows() * perRow
        + (long) shape.sequences() * shape.tableStride()
        + shape.singles()
        + 2L * shape.tiles()
        + 2L * shape.logitRows()
        + 3L * (shape.tokenGroups() + shape.logitGroups())
        + 16L * ALIGNMENT;
  }

  private void makeRoom(long count) {
    long bytes = count * Integer.BYTES;
    if (bytes > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "a step of %d bytes: it may have %d. Take fewer rows"
              .formatted(bytes, Integer.MAX_VALUE));
    }
    if (words.byteSize() < bytes) {
      words = arena.allocate(Math.max(bytes, 2 * words.byteSize()), 4096);
    }
  }

  private void writeRows(Step step, StepShape shape) {
    writeFilled(step.tokenIds(), step.rows(), shape.rows(), 0);
    for (int i = 0; i < step.slices().size(); i++) {
      Slice slice = step.slices().get(i);
      for (int row = 0; row < slice.rows(); row++) {
        put(slice.firstRow() + row, i);
      }
    }
    fill(step.rows(), shape.rows(), 0);
    for (int i = 0; i < step.slices().size(); i++) {
      Slice slice = step.slices().get(i);
      for (int row = 0; row < slice.rows(); row++) {
        put(slice.firstRow() + row, slice.startPosition() + row);
      }
    }
    fill(step.rows(), shape.rows(), FILL);
  }

  private void writeTables(Step step, StepShape shape) {
    int stride = shape.tableStride();
    for (int i = 0; i < step.slices().size(); i++) {
      Slice slice = step.slices().get(i);
      int blocks = Math.ceilDiv(slice.endPosition(), blockSizeTokens);
      copy(slice.blockTable(), blocks, i * stride);
      zero(i * stride + blocks, stride - blocks);
    }
    int written = step.slices().size() * stride;
    zero(written, shape.sequences() * stride - written);
    advance(shape.sequences() * stride);
  }

  private void writeAttention(Step step, StepShape shape) {
    int count = 0;
    for (int i = 0; i < step.slices().size(); i++) {
      Slice slice = step.slices().get(i);
      for (int row = 0; row < slice.rows() && slice.rows() < StepShape.LEAST_OF_A_TILE; row++) {
        put(count++, slice.firstRow() + row);
      }
    }
    fill(count, shape.singles(), FILL);
    int tiles = 0;
    for (int i = 0; i < step.slices().size(); i++) {
      Slice slice = step.slices().get(i);
      for (int row = 0;
          row < slice.rows() && slice.rows() >= StepShape.LEAST_OF_A_TILE;
          row += StepShape.TILE_ROWS) {
        put(2 * tiles, slice.firstRow() + row);
        put(2 * tiles + 1, Math.min(StepShape.TILE_ROWS, slice.rows() - row));
        tiles++;
      }
    }
    advance(2 * shape.tiles());
  }

  private void writeGroups(AdapterGroups.Groups of, int filled, int rows) {
    writeFilled(of.groups(), 3 * of.count(), 3 * filled, FILL);
    writeFilled(of.rowIds(), of.rows(), filled == 0 ? 0 : rows, 0);
  }

  private void writeAngles(Step step, StepShape shape) {
    for (int i = 0; i < angles.size(); i++) {
      Angles each = angles.get(i);
      each.prepare(step);
      int count = step.rows() * each.rotation().pairs();
      int filled = shape.rows() * each.rotation().pairs();
      writeFilled(each.cosines(), count, filled);
      writeFilled(each.sines(), count, filled);
    }
  }

  private void writeFilled(float[] values, int count, int filled) {
    MemorySegment.copy(values, 0, words, ValueLayout.JAVA_FLOAT, (long) at * Float.BYTES, count);
    zero(count, filled - count);
    advance(filled);
  }

  private void writeFilled(int[] values, int count, int filled, int filling) {
    copy(values, count, 0);
    fill(count, filled, filling);
  }

  /** Fills up an array from what was written of it, and goes on behind it. */
  private void fill(int from, int to, int value) {
    for (int i = from; i < to; i++) {
      put(i, value);
    }
    advance(to);
  }

  private void put(int index, int value) {
    words.setAtIndex(ValueLayout.JAVA_INT, (long) at + index, value);
  }

  private void copy(int[] values, int count, int to) {
    MemorySegment.copy(
        values, 0, words, ValueLayout.JAVA_INT, ((long) at + to) * Integer.BYTES, count);
  }

  private void zero(int from, int count) {
    if (count > 0) {
      words
          .asSlice(((long) at + from) * Integer.BYTES, (long) count * Integer.BYTES)
          .fill((byte) 0);
    }
  }

  private void advance(int count) {
    at += Math.ceilDiv(count, ALIGNMENT) * ALIGNMENT;
  }
}
