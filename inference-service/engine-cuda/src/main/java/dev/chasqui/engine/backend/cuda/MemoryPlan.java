package dev.chasqui.engine.backend.cuda;

import dev.chasqui.engine.api.BackendUnavailableException;
import dev.chasqui.engine.backend.BoundWeights;
import dev.chasqui.engine.backend.KvRoom;
import dev.chasqui.engine.backend.KvShape;
import dev.chasqui.engine.backend.Op;
import dev.chasqui.engine.backend.Program;
import dev.chasqui.engine.backend.Slot;
import dev.chasqui.engine.backend.Weight;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a session takes of a device's memory.
 *
 * @param device its name, for messages
 * @param freeBytes what nobody holds before
 * @param weightBytes all weights
 * @param workBytes activations of a large step, captured graphs, what the driver takes
 * @param tokenBytes keys and values of a token, in all layers
 */
record MemoryPlan(
    String device, long freeBytes, long weightBytes, long workBytes, long tokenBytes) {

  private static final long WORK_ROWS = 1024;
  private static final long WORK_LOGIT_ROWS = 256;
  private static final long RESERVE = 256L << 20;

  /** Longer tables than any engine has use for; block ids and counts stay far from overflow. */
  private static final long MOST_BLOCKS = 1 << 24;

  private static final double GIB = 1 << 30;

  static MemoryPlan of(CudaDevice device, long freeBytes, Program program, BoundWeights weights) {
    Precision precision = Precision.of(program, weights);
    Buffers buffers = Buffers.of(Fusion.of(program), precision);
    long work =
        RESERVE
            + WORK_ROWS * buffers.rowBytes(Slot.Rows.TOKENS)
            + WORK_LOGIT_ROWS * buffers.rowBytes(Slot.Rows.LOGITS);
    long token = 2L * precision.bytes() * program.layers() * program.attention().kvWidth();
    return new MemoryPlan(
        "cuda:" + device.index(), freeBytes, weightBytes(program, weights), work, token);
  }

  /** Returns the bytes of a program's matrices as the device stores them. */
  static long weightBytes(Program program, BoundWeights weights) {
    Set<Weight> matrices =
        program.ops().stream().flatMap(MemoryPlan::matrices).collect(Collectors.toSet());
    return matrices.stream().mapToLong(each -> Upload.storedBytes(weights.matrix(each))).sum();
  }

  private static Stream<Weight> matrices(Op op) {
    return switch (op) {
      case Op.Embed embed -> Stream.of(embed.table());
      case Op.Project project -> project.projections().stream().map(Op.Projection::weight);
      default -> Stream.empty();
    };
  }

  /**
   * Returns how many blocks to set aside of a share of the free memory.
   *
   * @throws BackendUnavailableException if weights and the least do not fit
   */
  KvShape kvFor(KvRoom room) {
    int blockSizeTokens = room.least().blockSizeTokens();
    double share = freeBytes * room.memoryFraction() - weightBytes - workBytes;
    long blocks =
        tokenBytes == 0
            ? room.usual().blocks()
            : (long) Math.floor(share / tokenBytes / blockSizeTokens);
    if (blocks < room.least().blocks()) {
      throw doesNotFit(room.least(), room.memoryFraction());
    }
    return new KvShape((int) Math.min(blocks, MOST_BLOCKS), blockSizeTokens);
  }

  /**
   * Holds a session against all of the free memory.
   *
   * @throws BackendUnavailableException if it does not fit
   */
  void check(KvShape kv) {
    if (weightBytes + kv.tokens() * tokenBytes > freeBytes) {
      throw doesNotFit(kv, 1);
    }
  }

  private BackendUnavailableException doesNotFit(KvShape kv, double fraction) {
    double needed = weightBytes + workBytes + (double) kv.tokens() * tokenBytes;
    return new BackendUnavailableException(
        ("the model does not fit on %s: weights take %.2f GiB, keys and values of %d tokens %.2f,"
                + " work memory %.2f, together %.2f GiB, but %.2f of the %.2f GiB that are free may"
                + " be used. Take a smaller quantisation, lower context-length or kv-tokens, raise"
                + " gpu-memory-fraction (now %.2f), or take a larger device")
            .formatted(
                device,
                weightBytes / GIB,
                kv.tokens(),
                kv.tokens() * tokenBytes / GIB,
                workBytes / GIB,
                needed / GIB,
                freeBytes * fraction / GIB,
                freeBytes / GIB,
                fraction));
  }
}
