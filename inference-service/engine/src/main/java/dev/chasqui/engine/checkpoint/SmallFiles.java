package dev.chasqui.engine.checkpoint;

import dev.chasqui.engine.api.CheckpointException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads files whole that are small in every real checkpoint. */
final class SmallFiles {

  private static final long LARGEST = 64L << 20;

  private SmallFiles() {}

  /**
   * Reads a file.
   *
   * @param file the file
   * @return its bytes
   * @throws CheckpointException if it cannot be read, or has more bytes than any real one
   */
  static byte[] bytes(Path file) {
    try {
      long size = Files.size(file);
      if (size > LARGEST) {
        throw CheckpointException.at(
            file, LARGEST, size + " bytes", "at most " + LARGEST + ": it is no tokenizer");
      }
      return Files.readAllBytes(file);
    } catch (IOException failure) {
      throw CheckpointException.unreadable(file, failure);
    }
  }
}
