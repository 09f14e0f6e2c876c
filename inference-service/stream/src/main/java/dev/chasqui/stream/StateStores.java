package dev.chasqui.stream;

import java.time.Duration;
import java.util.Map;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * Builds the stores of a topology: bytes, no cache, a changelog that stays short.
 *
 * <p>After an unclean stop a whole changelog is read again, so it is cut into small segments and
 * compacted soon.
 */
public final class StateStores {

  private static final Map<String, String> CHANGELOG =
      Map.of(
          TopicConfig.SEGMENT_BYTES_CONFIG, Integer.toString(8 << 20),
          TopicConfig.MAX_COMPACTION_LAG_MS_CONFIG, millis(Duration.ofMinutes(5)),
          TopicConfig.MIN_CLEANABLE_DIRTY_RATIO_CONFIG, "0.2",
          TopicConfig.DELETE_RETENTION_MS_CONFIG, millis(StreamsRun.TOMBSTONE_RETENTION));

  private StateStores() {}

  /**
   * Returns the builder of a store on disk.
   *
   * @param name the name of the store, part of its changelog's name: never changed again
   * @return the builder
   */
  public static StoreBuilder<KeyValueStore<Bytes, byte[]>> persistent(String name) {
    return changelogged(Stores.persistentKeyValueStore(name));
  }

  /**
   * Returns the builder of a store in memory, for tests.
   *
   * @param name the name of the store
   * @return the builder
   */
  public static StoreBuilder<KeyValueStore<Bytes, byte[]>> inMemory(String name) {
    return changelogged(Stores.inMemoryKeyValueStore(name));
  }

  private static StoreBuilder<KeyValueStore<Bytes, byte[]>> changelogged(
      KeyValueBytesStoreSupplier supplier) {
    return Stores.keyValueStoreBuilder(supplier, Serdes.Bytes(), Serdes.ByteArray())
        .withCachingDisabled()
        .withLoggingEnabled(CHANGELOG);
  }

  private static String millis(Duration duration) {
    return Long.toString(duration.toMillis());
  }
}
