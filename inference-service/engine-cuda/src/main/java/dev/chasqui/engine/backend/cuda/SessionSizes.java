package dev.chasqui.engine.backend.cuda;

import dev.chasqui.engine.backend.AttentionShape;
import dev.chasqui.engine.backend.KvShape;
import dev.chasqui.engine.backend.Program;
import dev.chasqui.engine.backend.Rotation;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What a session sets memory aside for.
 *
 * @param layers with KV blocks
 * @param kv the blocks
 * @param heads the same in every layer
 * @param precision of keys and values
 * @param adapters how many a slice may choose from
 * @param pairs of each rotation
 */
record SessionSizes(
    int layers,
    KvShape kv,
    AttentionShape heads,
    Precision precision,
    int adapters,
    List<Integer> pairs) {

  /** Copies the list. */
  SessionSizes {
    pairs = List.copyOf(pairs);
  }

  static SessionSizes of(
      Program program, KvShape kv, Precision precision, int adapters, List<Rotation> rotations) {
    return new SessionSizes(
        program.layers(),
        kv,
        program.attention(),
        precision,
        adapters,
        rotations.stream().map(Rotation::pairs).toList());
  }

  /** Returns the sizes in the order of program.h. */
  int[] toInts() {
    IntStream fixed =
        IntStream.of(
            layers,
            kv.blocks(),
            kv.blockSizeTokens(),
            heads.heads(),
            heads.kvHeads(),
            heads.headSize(),
            precision.code(),
            adapters);
    return IntStream.concat(fixed, pairs.stream().mapToInt(Integer::intValue)).toArray();
  }
}
