package dev.chasqui.stream;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * What was made known of an answer so far, in chunks that are written once and deleted together.
 *
 * <p>A key is the length of the request id and its UTF-8 bytes, the choice, and the position of the
 * chunk's first element, all numbers as four bytes, big-endian. The length makes it unambiguous for
 * any id, so one request's keys are exactly those between two bounds, in the order of choice and
 * position. Rewriting "all so far" would let the changelog grow with the square of the answer.
 * Belongs to the stream thread.
 *
 * @param <V> the chunks
 */
public final class AppendLog<V> {

  private final KeyValueStore<Bytes, byte[]> store;
  private final Serde<V> chunks;
  private final RecordLimit limit;

  /**
   * Wraps a store.
   *
   * @param store the store that {@link StateStores} built, from {@link TaskPort#store}
   * @param chunks the form of the chunks
   * @param limit the producer's limit
   */
  public AppendLog(KeyValueStore<Bytes, byte[]> store, Serde<V> chunks, RecordLimit limit) {
    this.store = store;
    this.chunks = chunks;
    this.limit = limit;
  }

  /**
   * Where a chunk belongs.
   *
   * @param requestId any string
   * @param choice which answer, 0 or more
   * @param sequence position of the chunk's first element, 0 or more
   */
  public record Place(String requestId, int choice, int sequence) {

    /** Checks the numbers. */
    public Place {
      if (choice < 0 || sequence < 0) {
        throw new IllegalArgumentException(
            "choice " + choice + ", sequence " + sequence + ": neither may be negative");
      }
    }
  }

  /**
   * Appends a chunk if its changelog record can be sent.
   *
   * @param place where it belongs; behind all chunks of that choice
   * @param chunk the chunk
   * @return {@link Measured.TooLarge} if nothing was written
   */
  public Measured append(Place place, V chunk) {
    Bytes key = key(place.requestId(), place.choice(), place.sequence());
    byte[] value = chunks.serializer().serialize(store.name(), chunk);
    Measured measured = limit.measure(key.get(), value, new RecordHeaders());
    if (measured instanceof Measured.Fits) {
      store.put(key, value);
    }
    return measured;
  }

  /**
   * Reads the chunks of one answer.
   *
   * @param requestId the request
   * @param choice which answer
   * @return its chunks in order
   */
  public List<V> read(String requestId, int choice) {
    List<V> found = new ArrayList<>();
    scan(
        key(requestId, choice, 0),
        key(requestId, choice, -1),
        entry -> found.add(chunks.deserializer().deserialize(store.name(), entry.value())));
    return found;
  }

  /**
   * Deletes the chunks of all answers to a request.
   *
   * @param requestId the request
   */
  public void delete(String requestId) {
    List<Bytes> keys = new ArrayList<>();
    scan(key(requestId, 0, 0), key(requestId, -1, -1), entry -> keys.add(entry.key()));
    keys.forEach(store::delete);
  }

  private record Entry(Bytes key, byte[] value) {}

  private void scan(Bytes from, Bytes to, Consumer<Entry> reader) {
    try (var entries = store.range(from, to)) {
      while (entries.hasNext()) {
        var entry = entries.next();
        reader.accept(new Entry(entry.key, entry.value));
      }
    }
  }

  /** Numbers are ordered as unsigned, so -1 is the upper bound of them all. */
  private static Bytes key(String requestId, int choice, int sequence) {
    byte[] id = requestId.getBytes(StandardCharsets.UTF_8);
    ByteBuffer key = ByteBuffer.allocate(id.length + 3 * Integer.BYTES);
    key.putInt(id.length).put(id).putInt(choice).putInt(sequence);
    return Bytes.wrap(key.array());
  }
}
