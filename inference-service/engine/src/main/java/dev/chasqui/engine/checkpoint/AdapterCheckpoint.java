package dev.chasqui.engine.checkpoint;

import dev.chasqui.engine.api.CheckpointException;
import dev.chasqui.engine.tensor.Tensor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * An opened LoRA adapter: what its files say, in one shape for all formats. It is held against a
 * model when it is loaded with one.
 */
public final class AdapterCheckpoint implements AutoCloseable {

  private final Path path;
  private final Rope.Pairing pairing;
  private final Map<String, Change> changes;
  private final WeightFiles files;

  private AdapterCheckpoint(Path path, Contents contents, WeightFiles files) {
    this.path = path;
    this.pairing = contents.pairing;
    this.changes = Map.copyOf(contents.changes);
    this.files = files;
  }

  /**
   * What is added to the product with one weight: {@code scale * (in * downᵀ) * upᵀ}.
   *
   * @param down {@code [rank, inputs]}
   * @param up {@code [outputs, rank]}
   * @param scale factor of the sum
   */
  public record Change(Tensor down, Tensor up, float scale) {}

  /**
   * What a format read.
   *
   * @param pairing the order of the rows of query and key changes
   * @param changes by canonical name of the weight
   */
  record Contents(Rope.Pairing pairing, Map<String, Change> changes) {}

  /**
   * Opens an adapter; the format is found from what is there.
   *
   * @param path a folder of PEFT ({@code adapter_config.json}, {@code adapter_model.safetensors}),
   *     or a GGUF file
   * @return the adapter; the caller closes it
   * @throws CheckpointException if it is missing, damaged or of a kind that is not supported
   */
  public static AdapterCheckpoint open(Path path) {
    WeightFiles files = new WeightFiles();
    try {
      return new AdapterCheckpoint(path, read(path, files), files);
    } catch (RuntimeException | Error e) {
      files.close();
      throw e;
    }
  }

  private static Contents read(Path path, WeightFiles files) {
    try {
      return Files.isDirectory(path) ? PeftAdapter.read(path, files) : file(path, files);
    } catch (IllegalArgumentException e) {
      throw new CheckpointException(
          "%s: found an impossible adapter: %s, expected sizes that fit each other"
              .formatted(files.place(), e.getMessage()),
          e);
    }
  }

  private static Contents file(Path path, WeightFiles files) {
    if (!Files.isRegularFile(path)) {
      throw new CheckpointException(
          path + " does not exist: name the folder of a PEFT adapter or a GGUF file");
    }
    return GgufAdapter.read(new GgufBytes(path, files.map(path)), files);
  }

  /** Returns where it begins, for messages: its first file and byte 0. */
  public String place() {
    return files.place();
  }

  /** Returns where it was read from. */
  public Path path() {
    return path;
  }

  /** Returns the order of the rows of its changes to the query and key weights. */
  public Rope.Pairing pairing() {
    return pairing;
  }

  /**
   * Returns the changes by canonical name of the weight, for example {@code blk.0.attn_q.weight};
   * that of the output matrix is {@code output.weight}, tied or not. Readable until this adapter is
   * closed.
   */
  public Map<String, Change> changes() {
    return changes;
  }

  /** Returns the SHA-256 over its files, configuration included, lower-case hexadecimal. */
  public String hash() {
    return files.hash();
  }

  /** Unmaps the files: tensors cannot be read any more. */
  @Override
  public void close() {
    files.close();
  }
}
