package dev.chasqui.engine.checkpoint;

import dev.chasqui.engine.api.CheckpointException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Opens checkpoints of every format. */
public final class Checkpoints {

  private Checkpoints() {}

  /**
   * Opens a checkpoint; the format is found from the file itself.
   *
   * @param path a GGUF file
   * @return the checkpoint; the caller closes it
   * @throws CheckpointException if the file is missing, damaged or of a kind that is not supported
   */
  public static Checkpoint open(Path path) {
    if (!Files.isRegularFile(path)) {
      throw new CheckpointException(path + " is not a file: name a GGUF file");
    }
    WeightFiles files = new WeightFiles();
    try {
      return GgufCheckpoint.read(new GgufBytes(path, files.map(path)), files);
    } catch (RuntimeException | Error e) {
      files.close();
      throw e;
    }
  }
}
