package dev.chasqui.engine.backend.nativecode;

import dev.chasqui.engine.backend.Angles;
import dev.chasqui.engine.backend.Rotation;
import dev.chasqui.engine.backend.Slice;
import dev.chasqui.engine.backend.Step;
import dev.chasqui.engine.tensor.Dequantizer;
import dev.chasqui.engine.tensor.Tensor;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;

/**
 * Writes a step where the library reads it. Ints: rows, slices, logit rows; of each slice its first
 * row, rows, start position, where its blocks begin and its adapter; the logit rows; the blocks of
 * all slices. Floats: embeddings {@code [rows, width]}, then of each rotation cosines and sines
 * {@code [rows, pairs]}.
 */
final class NativeStep implements AutoCloseable {

  private static final int HEAD = 3;
  private static final int SLICE = 5;

  private final Arena arena = Arena.ofShared();
  private final Tensor embedding;
  private final Dequantizer dequantizer;
  private final List<Angles> angles;
  private final int blockSizeTokens;
  private float[] row = new float[0];
  private MemorySegment ints = MemorySegment.NULL;
  private MemorySegment floats = MemorySegment.NULL;
  private long intCount;
  private long floatCount;

  NativeStep(Tensor embedding, List<Rotation> rotations, int blockSizeTokens) {
    this.embedding = embedding;
    this.dequantizer = Dequantizer.of(embedding.dtype());
    this.angles = rotations.stream().map(Angles::new).toList();
    this.blockSizeTokens = blockSizeTokens;
    this.row = new float[embedding.columns()];
  }

  void write(Step step) {
    writeInts(step);
    floatCount = (long) step.rows() * embedding.columns();
    for (int i = 0; i < angles.size(); i++) {
      floatCount += 2L * step.rows() * angles.get(i).rotation().pairs();
    }
    floats = room(floats, floatCount);
    writeEmbeddings(step);
    writeAngles(step);
  }

  long intsAddress() {
    return ints.address();
  }

  long intCount() {
    return intCount;
  }

  long floatsAddress() {
    return floats.address();
  }

  long floatCount() {
    return floatCount;
  }

  @Override
  public void close() {
    arena.close();
  }

  private void writeInts(Step step) {
    int slices = step.slices().size();
    long tables = 0;
    for (int i = 0; i < slices; i++) {
      tables += blocksOf(step.slices().get(i));
    }
    long tablesAt = HEAD + (long) SLICE * slices + step.logitRows().length;
    intCount = tablesAt + tables;
    ints = room(ints, intCount);
    put(0, step.rows());
    put(1, slices);
    put(2, step.logitRows().length);
    copy(step.logitRows(), step.logitRows().length, HEAD + (long) SLICE * slices);
    int tableAt = 0;
    for (int i = 0; i < slices; i++) {
      Slice slice = step.slices().get(i);
      long at = HEAD + (long) SLICE * i;
      put(at, slice.firstRow());
      put(at + 1, slice.rows());
      put(at + 2, slice.startPosition());
      put(at + 3, tableAt);
      put(at + 4, slice.adapter());
      copy(slice.blockTable(), blocksOf(slice), tablesAt + tableAt);
      tableAt += blocksOf(slice);
    }
  }

  private int blocksOf(Slice slice) {
    return Math.ceilDiv(slice.endPosition(), blockSizeTokens);
  }

  private void writeEmbeddings(Step step) {
    int width = embedding.columns();
    for (int i = 0; i < step.rows(); i++) {
      long offset = step.tokenIds()[i] * embedding.rowBytes();
      dequantizer.dequantize(embedding.bytes(), offset, row, 0, width);
      copy(row, width, (long) i * width);
    }
  }

  private void writeAngles(Step step) {
    long at = (long) step.rows() * embedding.columns();
    for (int i = 0; i < angles.size(); i++) {
      Angles each = angles.get(i);
      each.prepare(step);
      int count = step.rows() * each.rotation().pairs();
      copy(each.cosines(), count, at);
      copy(each.sines(), count, at + count);
      at += 2L * count;
    }
  }

  /**
   * Memory for so many numbers of four bytes; what grows doubles, so that little is left behind.
   */
  private MemorySegment room(MemorySegment memory, long count) {
    long bytes = Math.max(count, 1) * Integer.BYTES;
    return memory.byteSize() >= bytes
        ? memory
        : arena.allocate(Math.max(bytes, 2 * memory.byteSize()), Long.BYTES);
  }

  private void put(long index, int value) {
    ints.setAtIndex(ValueLayout.JAVA_INT, index, value);
  }

  private void copy(int[] from, int count, long to) {
    MemorySegment.copy(from, 0, ints, ValueLayout.JAVA_INT, to * Integer.BYTES, count);
  }

  private void copy(float[] from, int count, long to) {
    MemorySegment.copy(from, 0, floats, ValueLayout.JAVA_FLOAT, to * Float.BYTES, count);
  }
}
