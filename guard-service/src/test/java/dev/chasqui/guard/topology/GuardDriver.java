package dev.chasqui.guard.topology;

import dev.chasqui.events.AdmissionEvent;
import dev.chasqui.events.ResponseEvent;
import dev.chasqui.events.ReviewEvent;
import dev.chasqui.events.SafetyVerdict;
import dev.chasqui.guard.classifier.Classifier;
import dev.chasqui.guard.classifier.GuardFormat;
import dev.chasqui.guard.policy.Policies;
import dev.chasqui.guard.policy.Policy;
import dev.chasqui.guard.policy.PolicySource;
import dev.chasqui.guard.topology.judging.GuardDesk;
import dev.chasqui.schemas.registry.server.RegistryServer;
import dev.chasqui.schemas.serde.EventSerdes;
import dev.chasqui.schemas.topics.TopicRole;
import dev.chasqui.schemas.topics.Topics;
import dev.chasqui.stream.RecordLimit;
import dev.chasqui.stream.Reopenable;
import dev.chasqui.stream.StreamsSettings;
import dev.chasqui.stream.Turnstile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;

/** A topology of the guard under test: real serdes and registry, a scripted guard, own clock. */
public final class GuardDriver implements AutoCloseable {

  /** When every test begins. */
  public static final Instant BEGIN = Instant.parse("2026-11-24T09:00:00Z");

  /** Small, so that tests reach it. */
  public static final RecordLimit LIMIT = new RecordLimit(20_000);

  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  /** The guard model. */
  public final ScriptedEngine engine = new ScriptedEngine();

  /** How much of the guard is used at once. */
  public final GuardDesk desk;

  /** What the topologies are built from. */
  public final GuardSetup setup;

  /** The policies that are known at the moment. */
  public Policies policies;

  private final Path directory;
  private final RegistryServer registry;
  private final Map<Class<?>, Serializer<?>> serializers = new HashMap<>();
  private TopologyTestDriver driver;
  private String source;

  /**
   * Starts a registry.
   *
   * @param directory for registry and state
   * @param policies the policies
   * @param judgings how many judgings the guard takes at once
   */
  public GuardDriver(Path directory, Policies policies, int judgings) {
    this.directory = directory;
    this.policies = policies;
    try {
      registry = RegistryServer.start(directory, 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    EventSerdes serdes = new EventSerdes(Map.of("schema.registry.url", registry.url().toString()));
    Pools pools = new Pools(Map.of("small", List.of("smol"), "large", List.of("llama")));
    setup = new GuardSetup(Topics.defaults(), pools, () -> this.policies, serdes, LIMIT);
    Classifier classifier = new Classifier(engine, GuardFormat.named(GuardFormat.LLAMA_GUARD_3));
    desk = new GuardDesk(classifier, new Turnstile(() -> judgings), TIMEOUT);
  }

  /** Returns the built-in policies, and {@code open}, which fails open, for tenant {@code demo}. */
  public static Policies policies() {
    List<Policy> all = new ArrayList<>(PolicySource.builtIn());
    all.addAll(PolicySource.readFrom(Path.of("src/test/resources/dev/chasqui/guard/policies")));
    return Policies.of(all, Map.of("demo", "open"), "default");
  }

  /**
   * Starts the topology.
   *
   * @param topology what to run, its processor reopenable
   * @param role a topic that it reads
   */
  public void start(Topology topology, TopicRole role) {
    source = setup.topics().name(role);
    Properties properties = new Properties();
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "guard-under-test");
    properties.put(StreamsConfig.STATE_DIR_CONFIG, directory.resolve("state").toString());
    driver = new TopologyTestDriver(topology, properties, BEGIN);
  }

  /**
   * Writes an event, keyed by request id.
   *
   * @param role the topic
   * @param requestId the key
   * @param event the value
   * @param <T> its type
   */
  public <T extends SpecificRecord> void pipe(TopicRole role, String requestId, T event) {
    @SuppressWarnings("unchecked")
    Class<T> type = (Class<T>) event.getClass();
    @SuppressWarnings("unchecked")
    Serializer<T> serializer =
        (Serializer<T>) serializers.computeIfAbsent(type, _ -> setup.serdes().serializer(type));
    driver
        .createInputTopic(setup.topics().name(role), new StringSerializer(), serializer)
        .pipeInput(requestId, event);
  }

  /**
   * Writes bytes.
   *
   * @param role the topic
   * @param record key, value, headers
   */
  public void pipeBytes(TopicRole role, TestRecord<byte[], byte[]> record) {
    driver
        .createInputTopic(
            setup.topics().name(role), new ByteArraySerializer(), new ByteArraySerializer())
        .pipeInput(record);
  }

  /** Lets one turn pass. */
  public void turn() {
    pass(StreamsSettings.TURN);
  }

  /**
   * Lets time pass; the topology has as many turns as fit.
   *
   * @param time how long
   */
  public void pass(Duration time) {
    driver.advanceWallClockTime(time);
  }

  /** Returns the finals and tokens written since the last call. */
  public List<ResponseEvent> responses() {
    return read(setup.topics().responses(), ResponseEvent.class);
  }

  /** Returns the verdicts written since the last call. */
  public List<SafetyVerdict> verdicts() {
    return read(setup.topics().verdicts(), SafetyVerdict.class);
  }

  /** Returns the questions to reviewers and the decisions told on since the last call. */
  public List<ReviewEvent> reviews() {
    return read(setup.topics().reviews(), ReviewEvent.class);
  }

  /**
   * Returns the admissions and stops written since the last call.
   *
   * @param pool which pool
   */
  public List<AdmissionEvent> admissions(String pool) {
    return read(setup.topics().admitted(pool), AdmissionEvent.class);
  }

  /** Returns the dead letters written since the last call. */
  public List<TestRecord<byte[], byte[]>> deadLetters() {
    return driver
        .createOutputTopic(
            setup.topics().deadLetters(), new ByteArrayDeserializer(), new ByteArrayDeserializer())
        .readRecordsToList();
  }

  private <T extends SpecificRecord> List<T> read(String topic, Class<T> type) {
    TestOutputTopic<String, T> output =
        driver.createOutputTopic(
            topic, new StringDeserializer(), setup.serdes().deserializer(type));
    return output.readValuesToList();
  }

  /**
   * Returns what all stores hold: a commit, to come back to.
   *
   * @return store to entries
   */
  public Map<String, Map<Bytes, byte[]>> commit() {
    Map<String, Map<Bytes, byte[]>> stores = new TreeMap<>();
    driver.getAllStateStores().keySet().forEach(name -> stores.put(name, entries(name)));
    return stores;
  }

  /** Stops and goes on as after a clean restart: everything so far is committed. */
  public void restart() {
    restart(commit());
  }

  /**
   * Crashes and goes on from a commit, as Kafka Streams does: closed, rolled back, opened again.
   *
   * @param committed what the stores held at the last commit
   */
  public void restart(Map<String, Map<Bytes, byte[]>> committed) {
    committed.forEach((name, entries) -> {
      var store = driver.<Bytes, byte[]>getKeyValueStore(name);
      entries(name).keySet().forEach(store::delete);
      entries.forEach(store::put);
    });
    Reopenable.reopen(driver, source);
  }

  /**
   * Returns what was written to the changelog of a store.
   *
   * @param name the store
   * @return bytes of keys and values
   */
  public long changelogBytes(String name) {
    return driver
        .createOutputTopic(
            "guard-under-test-" + name + "-changelog",
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())
        .readRecordsToList()
        .stream()
        .mapToLong(
            record -> record.key().length + (record.value() == null ? 0 : record.value().length))
        .sum();
  }

  /** Returns how many entries a store has. */
  public int stored(String name) {
    return entries(name).size();
  }

  private Map<Bytes, byte[]> entries(String name) {
    Map<Bytes, byte[]> entries = new TreeMap<>();
    try (var all = driver.<Bytes, byte[]>getKeyValueStore(name).all()) {
      all.forEachRemaining(entry -> entries.put(entry.key, entry.value));
    }
    return entries;
  }

  @Override
  public void close() {
    driver.close();
    serializers.values().forEach(Serializer::close);
    registry.close();
  }
}
