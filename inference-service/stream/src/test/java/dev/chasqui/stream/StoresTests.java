package dev.chasqui.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoresTests {

  private static final RecordLimit LIMIT = new RecordLimit(2048);

  private final TopologyTestDriver driver;
  private final KeyValueStore<Bytes, byte[]> store;
  private final AppendLog<String> log;
  private final TtlSweep sweep;

  StoresTests(@TempDir Path directory) {
    driver = driver(directory);
    store = driver.getKeyValueStore("store");
    log = new AppendLog<>(store, Serdes.String(), LIMIT);
    sweep = new TtlSweep(store);
  }

  @AfterEach
  void close() {
    driver.close();
  }

  @Test
  void readsChunksInTheOrderOfTheirPositions() {
    append("r", 0, 300, "c");
    append("r", 0, 0, "a");
    append("r", 0, 5, "b");
    append("r", 1, 0, "other choice");
    assertThat(log.read("r", 0)).containsExactly("a", "b", "c");
    assertThat(log.read("r", 1)).containsExactly("other choice");
  }

  @Test
  void keepsRequestsApartWhoseIdsAreStrangelyAlike() {
    String[] ids = {"", "r", "r\0", "r\0\0\0\0", "ré", "r\uffff", "rr"};
    for (String id : ids) {
      append(id, 0, 0, "of " + id);
      append(id, Integer.MAX_VALUE, Integer.MAX_VALUE, "last");
    }
    for (String id : ids) {
      assertThat(log.read(id, 0)).containsExactly("of " + id);
    }
    log.delete("r");
    assertThat(log.read("r", 0)).isEmpty();
    assertThat(log.read("r\0", 0)).hasSize(1);
    assertThat(log.read("", 0)).hasSize(1);
  }

  @Test
  void deletesAllChoicesOfARequest() {
    append("r", 0, 0, "a");
    append("r", 1, 7, "b");
    append("s", 0, 0, "c");
    log.delete("r");
    assertThat(store.approximateNumEntries()).isEqualTo(1);
  }

  @Test
  void refusesAChunkThatItsChangelogCouldNotTake() {
    Measured measured =
        log.append(new AppendLog.Place("r", 0, 0), "x".repeat(LIMIT.maxRequestSize()));
    assertThat(measured).isInstanceOf(Measured.TooLarge.class);
    assertThat(log.read("r", 0)).isEmpty();
  }

  @Test
  void findsWhatHasExpiredOldestFirst() {
    sweep.remember("late", at(30));
    sweep.remember("soon", at(10));
    sweep.remember("middle", at(20));
    assertThat(sweep.expired(at(25), 10)).containsExactly("soon", "middle");
    assertThat(sweep.expired(at(25), 10)).isEmpty();
    assertThat(sweep.expired(at(31), 10)).containsExactly("late");
  }

  @Test
  void takesNoMoreExpiredIdsThanAskedFor() {
    for (int i = 0; i < 10; i++) {
      sweep.remember("id" + i, at(5));
    }
    assertThat(sweep.expired(at(10), 4)).hasSize(4);
    assertThat(sweep.expired(at(10), 10)).hasSize(6);
    assertThat(sweep.expired(at(10), 10)).isEmpty();
  }

  @Test
  void findsAnIdWhoseExpiryLiesBehindTheLastSweep() {
    assertThat(sweep.expired(at(100), 10)).isEmpty();
    sweep.remember("past", at(50));
    assertThat(sweep.expired(at(101), 10)).containsExactly("past");
  }

  @Test
  void measuresEntriesBeforeTheyAreWritten() {
    var measured = new MeasuredStore<>(store, Serdes.String(), Serdes.String(), LIMIT);
    assertThat(measured.put("k", "v")).isInstanceOf(Measured.Fits.class);
    assertThat(measured.put("k", "x".repeat(3000)))
        .isEqualTo(new Measured.TooLarge(3257, LIMIT.maxRequestSize()));
    assertThat(measured.get("k")).contains("v");
    Map<String, String> all = new HashMap<>();
    measured.forEach(all::put);
    assertThat(all).containsExactly(Map.entry("k", "v"));
    measured.delete("k");
    assertThat(measured.contains("k")).isFalse();
  }

  private void append(String id, int choice, int sequence, String chunk) {
    assertThat(log.append(new AppendLog.Place(id, choice, sequence), chunk))
        .isInstanceOf(Measured.Fits.class);
  }

  private static Instant at(long millis) {
    return Instant.ofEpochMilli(millis);
  }

  /** A driver whose only use is its store. */
  private static TopologyTestDriver driver(Path directory) {
    Topology topology = new Topology();
    topology.addSource("source", new ByteArrayDeserializer(), new ByteArrayDeserializer(), "in");
    topology.addProcessor("none", Ignoring::new, "source");
    topology.addStateStore(StateStores.persistent("store"), "none");
    Properties properties = new Properties();
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "stores");
    properties.put(StreamsConfig.STATE_DIR_CONFIG, directory.toString());
    return new TopologyTestDriver(topology, properties);
  }

  private static final class Ignoring implements Processor<Object, Object, Void, Void> {

    @Override
    public void process(Record<Object, Object> record) {}
  }
}
