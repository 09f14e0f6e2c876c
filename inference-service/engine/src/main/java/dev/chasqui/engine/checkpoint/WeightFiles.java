package dev.chasqui.engine.checkpoint;

import dev.chasqui.engine.api.CheckpointException;
import dev.chasqui.engine.tensor.Tensor;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The memory-mapped files of one checkpoint; any thread may read them until they are closed. */
final class WeightFiles implements AutoCloseable {

  private static final long HASH_CHUNK_BYTES = 1 << 26;

  /** A cache line. */
  private static final long ALIGNMENT = 64;

  private final Arena arena = Arena.ofShared();
  private final List<Mapped> mapped = new ArrayList<>();
  private @Nullable String hash;

  /** A file and its bytes. */
  private record Mapped(Path file, MemorySegment bytes) {

    boolean holds(MemorySegment part) {
      long offset = part.address() - bytes.address();
      return part.isMapped() && offset >= 0 && offset < bytes.byteSize();
    }
  }

  /**
   * Returns where a tensor stands, for messages: its file and byte. Slices that were joined in
   * memory stand where the first file begins.
   */
  String place(Tensor tensor) {
    for (Mapped each : mapped) {
      if (each.holds(tensor.bytes())) {
        return "%s at byte %d"
            .formatted(each.file, tensor.bytes().address() - each.bytes.address());
      }
    }
    return place();
  }

  /** Returns where the first file begins, for messages. */
  String place() {
    return (mapped.isEmpty() ? "(in memory)" : mapped.getFirst().file) + " at byte 0";
  }

  /**
   * Maps a file, read-only, until {@link #close()}.
   *
   * @throws CheckpointException if it cannot be read
   */
  MemorySegment map(Path file) {
    try (FileChannel channel = FileChannel.open(file)) {
      MemorySegment segment = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
      mapped.add(new Mapped(file, segment));
      return segment;
    } catch (IOException e) {
      throw CheckpointException.unreadable(file, e);
    }
  }

  /**
   * Sets memory outside of the heap aside, until {@link #close()}.
   *
   * @param bytes how much
   * @return zeros
   */
  MemorySegment allocate(long bytes) {
    return arena.allocate(bytes, ALIGNMENT);
  }

  /**
   * Returns the SHA-256 over all files in the order of their mapping; kept after the first call.
   */
  synchronized String hash() {
    if (hash == null) {
      MessageDigest digest = sha256();
      mapped.forEach(file -> update(digest, file.bytes));
      hash = HexFormat.of().formatHex(digest.digest());
    }
    return hash;
  }

  private static void update(MessageDigest digest, MemorySegment file) {
    for (long at = 0; at < file.byteSize(); at += HASH_CHUNK_BYTES) {
      long length = Math.min(HASH_CHUNK_BYTES, file.byteSize() - at);
      digest.update(file.asSlice(at, length).asByteBuffer());
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  @Override
  public void close() {
    arena.close();
  }
}
