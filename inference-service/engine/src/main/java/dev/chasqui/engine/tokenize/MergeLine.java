package dev.chasqui.engine.tokenize;

import dev.chasqui.engine.api.CheckpointException;
import dev.chasqui.engine.checkpoint.Vocabulary;
import dev.chasqui.engine.checkpoint.VocabularySource.Table;
import java.util.Map;

/**
 * A merge as files write it.
 *
 * @param vocabulary whose it is, for messages
 * @param left the left piece
 * @param right the right piece
 * @param rank its line, from 0
 */
record MergeLine(Vocabulary vocabulary, String left, String right, int rank) {

  static MergeLine of(Vocabulary vocabulary, int rank) {
    String line = vocabulary.merges().get(rank);
    int space = line.indexOf(' ', 1);
    if (space < 0) {
      throw fault(vocabulary, rank, "two pieces with a space between");
    }
    return new MergeLine(vocabulary, line.substring(0, space), line.substring(space + 1), rank);
  }

  String joined() {
    return left + right;
  }

  /** Returns the id of a piece of this merge. */
  int idIn(Map<String, Integer> idByPiece, String piece) {
    Integer id = idByPiece.get(piece);
    if (id == null) {
      throw fault(vocabulary, rank, "'" + piece + "' to be an ordinary piece of the vocabulary");
    }
    return id;
  }

  private static CheckpointException fault(Vocabulary vocabulary, int rank, String expected) {
    String found = "merge %d '%s'".formatted(rank, vocabulary.merges().get(rank));
    return vocabulary.source().fault(Table.MERGES, found, expected);
  }
}
