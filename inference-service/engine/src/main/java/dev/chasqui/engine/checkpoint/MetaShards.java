package dev.chasqui.engine.checkpoint;

import dev.chasqui.engine.api.CheckpointException;
import dev.chasqui.engine.tensor.Tensor;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Puts the model-parallel shards of a checkpoint of Meta together: {@code consolidated.00.pth} and
 * so on hold a slice of each matrix (fairscale, model_parallel/layers.py).
 *
 * <p>A single shard is used where it lies in the mapped file. Slices of several are copied side by
 * side into memory outside of the heap.
 */
final class MetaShards {

  private final Path folder;
  private final int hiddenSize;
  private final WeightFiles files;
  private long roomBytes;

  /**
   * Prepares to read.
   *
   * @param folder where the shards are
   * @param hiddenSize tells which way the embedding table was cut
   * @param files maps them
   */
  MetaShards(Path folder, int hiddenSize, WeightFiles files) {
    this.folder = folder;
    this.hiddenSize = hiddenSize;
    this.files = files;
  }

  /** Returns the whole tensors by canonical name. */
  Map<String, Tensor> read() {
    Map<String, List<Tensor>> slices = new LinkedHashMap<>();
    List<Path> shards = paths();
    for (Path shard : shards) {
      MemorySegment bytes = files.map(shard);
      roomBytes += bytes.byteSize();
      TorchFile.read(shard, bytes)
          .forEach((name, slice) ->
              MetaNames.canonical(name)
                  .ifPresent(canonical ->
                      slices.computeIfAbsent(canonical, _ -> new ArrayList<>()).add(slice)));
    }
    Map<String, Tensor> tensors = new HashMap<>();
    slices.forEach((name, parts) -> tensors.put(name, whole(name, parts, shards.size())));
    return tensors;
  }

  private List<Path> paths() {
    try (Stream<Path> all = Files.list(folder)) {
      List<Path> shards =
          all.filter(file -> file.getFileName().toString().matches("consolidated\\.[0-9]{2}\\.pth"))
              .sorted()
              .toList();
      for (int i = 0; i < shards.size(); i++) {
        if (!shards.get(i).endsWith("consolidated.%02d.pth".formatted(i))) {
          throw new CheckpointException(
              "%s has %s where consolidated.%02d.pth was expected: a shard is missing"
                  .formatted(folder, shards.get(i).getFileName(), i));
        }
      }
      if (shards.isEmpty()) {
        throw new CheckpointException(folder + " has no weights: expected consolidated.00.pth");
      }
      return shards;
    } catch (IOException e) {
      throw new CheckpointException(folder + " cannot be read: " + e.getMessage(), e);
    }
  }

  private Tensor whole(String name, List<Tensor> slices, int shards) {
    Tensor first = slices.getFirst();
    for (Tensor slice : slices) {
      boolean fits =
          slice.dtype() == first.dtype()
              && slice.rows() == first.rows()
              && slice.columns() == first.columns();
      if (slices.size() != shards || !fits) {
        throw new CheckpointException(
            "%s: found %d slices of %s in %d shards, expected one in each, all of one shape and dtype"
                .formatted(files.place(slice), slices.size(), first.name(), shards));
      }
    }
    if (shards == 1 || name.endsWith("norm.weight")) {
      return new Tensor(name, first.dtype(), first.shape(), first.bytes());
    }
    return isCutByColumns(name, first)
        ? besideEachOther(name, slices)
        : belowEachOther(name, slices);
  }

  /** Matrices whose input is cut; Llama 1 and 2 cut the embedding table that way, Llama 3 not. */
  private boolean isCutByColumns(String name, Tensor slice) {
    return name.endsWith("attn_output.weight")
        || name.endsWith("ffn_down.weight")
        || name.equals("token_embd.weight") && slice.columns() != hiddenSize;
  }

  private Tensor belowEachOther(String name, List<Tensor> slices) {
    Tensor first = slices.getFirst();
    MemorySegment whole = allocate(first, slices.size());
    long size = first.bytes().byteSize();
    for (int i = 0; i < slices.size(); i++) {
      MemorySegment.copy(slices.get(i).bytes(), 0, whole, i * size, size);
    }
    long rows = (long) first.rows() * slices.size();
    return new Tensor(name, first.dtype(), shape(first, rows, first.columns()), whole);
  }

  private Tensor besideEachOther(String name, List<Tensor> slices) {
    Tensor first = slices.getFirst();
    MemorySegment whole = allocate(first, slices.size());
    long size = first.rowBytes();
    for (int i = 0; i < slices.size(); i++) {
      for (int row = 0; row < first.rows(); row++) {
        long to = ((long) row * slices.size() + i) * size;
        MemorySegment.copy(slices.get(i).bytes(), row * size, whole, to, size);
      }
    }
    long columns = (long) first.columns() * slices.size();
    return new Tensor(name, first.dtype(), shape(first, first.rows(), columns), whole);
  }

  private long[] shape(Tensor first, long rows, long columns) {
    if (rows > Integer.MAX_VALUE || columns > Integer.MAX_VALUE) {
      throw new CheckpointException(
          "%s: found slices of a matrix of [%d, %d], expected less than 2³¹ rows and columns"
              .formatted(files.place(first), rows, columns));
    }
    return new long[] {rows, columns};
  }

  /** A tensor may lie in the bytes of another one: all together are never more than the files. */
  private MemorySegment allocate(Tensor slice, int slices) {
    long bytes = slice.bytes().byteSize() * slices;
    roomBytes -= bytes;
    if (roomBytes < 0) {
      throw new CheckpointException(
          "%s: found tensors of more bytes than their files have, expected each byte once"
              .formatted(files.place(slice)));
    }
    return files.allocate(bytes);
  }
}
