package dev.chasqui.engine.tokenize;

import dev.chasqui.engine.api.CheckpointException;
import java.util.Map;

/**
 * A merge as files write it.
 *
 * @param left the left piece
 * @param right the right piece
 * @param rank its line, from 0
 */
record MergeLine(String left, String right, int rank) {

  static MergeLine parse(String line, int rank) {
    int space = line.indexOf(' ', 1);
    if (space < 0) {
      throw new CheckpointException(
          "tokenizer merge %d is '%s': expected two pieces with a space between"
              .formatted(rank, line));
    }
    return new MergeLine(line.substring(0, space), line.substring(space + 1), rank);
  }

  String joined() {
    return left + right;
  }

  /** Returns the id of a piece of this merge. */
  int idIn(Map<String, Integer> idByPiece, String piece) {
    Integer id = idByPiece.get(piece);
    if (id == null) {
      throw new CheckpointException(
          "tokenizer merge %d is '%s %s': '%s' is not an ordinary piece of the vocabulary"
              .formatted(rank, left, right, piece));
    }
    return id;
  }
}
