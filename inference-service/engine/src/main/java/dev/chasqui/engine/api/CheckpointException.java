package dev.chasqui.engine.api;

import java.io.IOException;
import java.nio.file.Path;

/** A model file is missing, damaged or of a kind that is not supported. */
public final class CheckpointException extends EngineException {

  private static final long serialVersionUID = 1L;

  /** Longest account of what was found; files may hold anything. */
  private static final int MOST_FOUND = 400;

  /**
   * Says what is wrong.
   *
   * @param message names the file, the place in it, what was found and what was expected
   */
  public CheckpointException(String message) {
    super(message);
  }

  /**
   * Says what is wrong and why.
   *
   * @param message names the file, the place in it, what was found and what was expected
   * @param cause what led to it
   */
  public CheckpointException(String message, Throwable cause) {
    super(message, cause);
  }

  /**
   * Says what is wrong in a file that could be read.
   *
   * @param file the file
   * @param offset the byte where it is
   * @param found what is there
   * @param expected what should be, and what to do
   * @return the exception
   */
  public static CheckpointException at(Path file, long offset, String found, String expected) {
    String shown = found.length() > MOST_FOUND ? found.substring(0, MOST_FOUND) + "…" : found;
    return new CheckpointException(
        "%s at byte %d: found %s, expected %s".formatted(file, offset, shown, expected));
  }

  /**
   * Says that a file could not be read.
   *
   * @param file the file
   * @param cause what the system says
   * @return the exception
   */
  public static CheckpointException unreadable(Path file, IOException cause) {
    return new CheckpointException(
        "%s cannot be read: %s, expected a readable file".formatted(file, cause.getMessage()),
        cause);
  }
}
