package dev.chasqui.engine.tokenize;

import dev.chasqui.engine.api.TokenIds;
import java.util.Arrays;

/** Token ids in the making, unboxed. */
final class IdBuffer {

  private int[] ids = new int[16];
  private int size;

  void add(int id) {
    if (size == ids.length) {
      ids = Arrays.copyOf(ids, size * 2);
    }
    ids[size++] = id;
  }

  TokenIds toTokenIds() {
    return TokenIds.of(Arrays.copyOf(ids, size));
  }
}
