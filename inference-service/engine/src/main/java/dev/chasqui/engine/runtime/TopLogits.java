package dev.chasqui.engine.runtime;

import dev.chasqui.engine.api.TokenIds;

/**
 * The greatest logits of one position, greatest first; of equal ones the lower token id first.
 *
 * @param ids their token ids
 * @param logits their values
 */
public record TopLogits(TokenIds ids, float[] logits) {

  static TopLogits of(float[] row, int count) {
    int[] ids = new int[Math.min(count, row.length)];
    int size = 0;
    for (int id = 0; id < row.length; id++) {
      int place = size;
      while (place > 0 && row[id] > row[ids[place - 1]]) {
        place--;
      }
      if (place < ids.length) {
        size = Math.min(size + 1, ids.length);
        System.arraycopy(ids, place, ids, place + 1, size - place - 1);
        ids[place] = id;
      }
    }
    float[] logits = new float[ids.length];
    for (int i = 0; i < ids.length; i++) {
      logits[i] = row[ids[i]];
    }
    return new TopLogits(TokenIds.of(ids), logits);
  }
}
