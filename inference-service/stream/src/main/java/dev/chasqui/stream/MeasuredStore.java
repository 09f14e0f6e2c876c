package dev.chasqui.stream;

import java.util.Optional;
import java.util.function.BiConsumer;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * A changelogged store that refuses, as a value, what its changelog could not take.
 *
 * <p>Serializes once: the store below holds bytes. Belongs to the stream thread.
 *
 * @param <K> the keys
 * @param <V> the values
 */
public final class MeasuredStore<K, V> {

  private final KeyValueStore<Bytes, byte[]> store;
  private final Serde<K> keys;
  private final Serde<V> values;
  private final RecordLimit limit;

  /**
   * Wraps a store.
   *
   * @param store the store that {@link StateStores} built, from {@link TaskPort#store}
   * @param keys the form of the keys
   * @param values the form of the values
   * @param limit the producer's limit
   */
  public MeasuredStore(
      KeyValueStore<Bytes, byte[]> store, Serde<K> keys, Serde<V> values, RecordLimit limit) {
    this.store = store;
    this.keys = keys;
    this.values = values;
    this.limit = limit;
  }

  /**
   * Writes an entry if its changelog record can be sent.
   *
   * @param key the key
   * @param value the value
   * @return {@link Measured.TooLarge} if nothing was written
   */
  public Measured put(K key, V value) {
    Bytes keyBytes = bytes(key);
    byte[] valueBytes = values.serializer().serialize(store.name(), value);
    Measured measured = limit.measure(keyBytes.get(), valueBytes, new RecordHeaders());
    if (measured instanceof Measured.Fits) {
      store.put(keyBytes, valueBytes);
    }
    return measured;
  }

  /**
   * Reads an entry.
   *
   * @param key the key
   * @return the value, if there is one
   */
  public Optional<V> get(K key) {
    return Optional.ofNullable(store.get(bytes(key))).map(this::value);
  }

  /**
   * Returns whether there is an entry.
   *
   * @param key the key
   * @return whether it has a value
   */
  public boolean contains(K key) {
    return store.get(bytes(key)) != null;
  }

  /**
   * Deletes an entry, if it is there.
   *
   * @param key the key
   */
  public void delete(K key) {
    store.delete(bytes(key));
  }

  /**
   * Reads all entries, in the order of the serialized keys.
   *
   * @param reader gets them; must not write to this store
   */
  public void forEach(BiConsumer<K, V> reader) {
    try (var entries = store.all()) {
      while (entries.hasNext()) {
        var entry = entries.next();
        reader.accept(
            keys.deserializer().deserialize(store.name(), entry.key.get()), value(entry.value));
      }
    }
  }

  private Bytes bytes(K key) {
    return Bytes.wrap(keys.serializer().serialize(store.name(), key));
  }

  private V value(byte[] bytes) {
    return values.deserializer().deserialize(store.name(), bytes);
  }
}
