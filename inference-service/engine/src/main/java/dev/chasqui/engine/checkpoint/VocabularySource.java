package dev.chasqui.engine.checkpoint;

import dev.chasqui.engine.api.CheckpointException;
import java.nio.file.Path;
import java.util.Map;

/**
 * The file that a vocabulary was read from, so that what is wrong with it can be told by its place.
 *
 * @param file the file
 * @param offsets the byte where each table begins; a table that is not named counts from the
 *     beginning of the file
 */
public record VocabularySource(Path file, Map<Table, Long> offsets) {

  /** A vocabulary that was made in memory. */
  public static final VocabularySource MEMORY =
      new VocabularySource(Path.of("(in memory)"), Map.of());

  /** A part of a vocabulary. */
  public enum Table {
    /** Token ids and their texts. */
    PIECES,
    /** What each token id is. */
    TYPES,
    /** Pairs of pieces. */
    MERGES,
    /** How text is split. */
    RULE
  }

  /** Copies the offsets. */
  public VocabularySource {
    offsets = Map.copyOf(offsets);
  }

  /**
   * Says what is wrong with a table.
   *
   * @param table the table
   * @param found what it holds
   * @param expected what it should hold
   * @return the exception, which names the file and the byte where the table begins
   */
  public CheckpointException fault(Table table, String found, String expected) {
    return CheckpointException.at(file, offsets.getOrDefault(table, 0L), found, expected);
  }
}
