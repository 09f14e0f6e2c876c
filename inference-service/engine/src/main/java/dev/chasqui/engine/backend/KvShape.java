package dev.chasqui.engine.backend;

import dev.chasqui.engine.api.BackendUnavailableException;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/**
 * How much KV memory a session has: blocks that sequences take one after the other.
 *
 * @param blocks number of blocks, ids 0 to blocks - 1
 * @param blockSizeTokens positions in a block
 * @param type how keys and values are kept
 */
public record KvShape(int blocks, int blockSizeTokens, KvType type) {

  /** Checks the ranges. */
  public KvShape {
    Objects.requireNonNull(type);
    if (blocks < 1 || blockSizeTokens < 1) {
      throw new IllegalArgumentException(
          "KV memory of %d blocks of %d tokens: both must be at least 1"
              .formatted(blocks, blockSizeTokens));
    }
  }

  /**
   * Makes KV memory whose type is the backend's choice.
   *
   * @param blocks number of blocks
   * @param blockSizeTokens positions in a block
   */
  public KvShape(int blocks, int blockSizeTokens) {
    this(blocks, blockSizeTokens, KvType.AUTO);
  }

  /** Returns the positions that all blocks hold together. */
  public long tokens() {
    return (long) blocks * blockSizeTokens;
  }

  /**
   * Returns the bytes that keys and values of a program take.
   *
   * @param program whose layers and heads count
   * @return bytes of all blocks; where the type is the backend's choice, of float32
   */
  public long memoryBytes(Program program) {
    AttentionShape heads = program.attention();
    return 2L * program.layers() * heads.kvHeads() * type.headBytes(heads.headSize()) * tokens();
  }

  /**
   * Refuses a type that a backend has no kernels for.
   *
   * @param backend its name
   * @param known what it has kernels for, beside its own choice
   * @throws BackendUnavailableException if the type is none of them
   */
  public void checkType(String backend, Set<KvType> known) {
    if (type != KvType.AUTO && !known.contains(type)) {
      throw new BackendUnavailableException(
          "backend %s cannot keep keys and values as %s, only as %s: take another kv-type, or backend native"
              .formatted(
                  backend,
                  type.label(),
                  Stream.concat(Stream.of(KvType.AUTO), known.stream().sorted())
                      .map(KvType::label)
                      .toList()));
    }
  }
}
