package dev.chasqui.stream;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Finds what has outlived its time, by wall clock.
 *
 * <p>A window store would go by record time, and one producer with a fast clock would empty it. The
 * index is a store of its own whose keys are the time of expiry (epoch milliseconds, eight bytes,
 * big-endian) and the id. Belongs to the stream thread.
 */
public final class TtlSweep {

  private static final byte[] PRESENT = {1};

  private final KeyValueStore<Bytes, byte[]> index;

  /** No key lies below: scans start here, past the deleted ones. */
  private long lowWaterMillis;

  /**
   * Wraps a store.
   *
   * @param index the store that {@link StateStores} built, from {@link TaskPort#store}
   */
  public TtlSweep(KeyValueStore<Bytes, byte[]> index) {
    this.index = index;
  }

  /**
   * Notes when an id expires. Nothing forgets an earlier note of the same id: the caller compares
   * with its own entry when the id comes up.
   *
   * @param id any string
   * @param expiry when it is to come up
   */
  public void remember(String id, Instant expiry) {
    lowWaterMillis = Math.min(lowWaterMillis, expiry.toEpochMilli());
    index.put(key(expiry.toEpochMilli(), id), PRESENT);
  }

  /**
   * Takes expired ids out of the index.
   *
   * @param now wall clock
   * @param most how many at once, so that a turn stays short; call again in the next turn
   * @return the ids, longest expired first
   */
  public List<String> expired(Instant now, int most) {
    List<Bytes> due = new ArrayList<>();
    try (var keys = index.range(key(lowWaterMillis, ""), key(now.toEpochMilli(), ""))) {
      while (keys.hasNext() && due.size() < most) {
        due.add(keys.next().key);
      }
    }
    lowWaterMillis = due.size() < most ? now.toEpochMilli() : millis(due.getLast());
    due.forEach(index::delete);
    return due.stream().map(TtlSweep::id).toList();
  }

  private static Bytes key(long millis, String id) {
    byte[] idBytes = id.getBytes(StandardCharsets.UTF_8);
    return Bytes.wrap(
        ByteBuffer.allocate(Long.BYTES + idBytes.length)
            .putLong(Math.max(0, millis))
            .put(idBytes)
            .array());
  }

  private static long millis(Bytes key) {
    return ByteBuffer.wrap(key.get()).getLong();
  }

  private static String id(Bytes key) {
    byte[] bytes = key.get();
    return new String(bytes, Long.BYTES, bytes.length - Long.BYTES, StandardCharsets.UTF_8);
  }
}
