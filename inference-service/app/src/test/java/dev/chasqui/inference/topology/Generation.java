package dev.chasqui.inference.topology;

import dev.chasqui.events.AdmissionEvent;
import dev.chasqui.events.AdmissionType;
import dev.chasqui.events.Admitted;
import dev.chasqui.events.GenerationEvent;
import dev.chasqui.events.Message;
import dev.chasqui.events.PolicyReference;
import dev.chasqui.events.PromptSubmitted;
import dev.chasqui.events.ReleaseMode;
import dev.chasqui.events.Role;
import dev.chasqui.events.Sampling;
import dev.chasqui.events.Stop;
import dev.chasqui.events.StopCause;
import dev.chasqui.inference.ScriptedEngine;
import dev.chasqui.inference.worker.ServedModel;
import dev.chasqui.inference.worker.WorkerPool;
import dev.chasqui.schemas.registry.RegistrySettings;
import dev.chasqui.schemas.registry.server.RegistryServer;
import dev.chasqui.schemas.serde.EventSerdes;
import dev.chasqui.schemas.topics.Topics;
import dev.chasqui.stream.RecordLimit;
import dev.chasqui.stream.Reopenable;
import dev.chasqui.stream.StreamsSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueStore;

/** The topology in a test driver, with a scripted engine behind it. */
final class Generation implements AutoCloseable {

  static final Instant START = Instant.parse("2026-11-24T09:00:00Z");
  static final String ADMITTED = "chasqui.admitted.pool";

  final ScriptedEngine engine;
  final WorkerPool pool;
  final TestInputTopic<String, AdmissionEvent> admitted;
  final TestInputTopic<byte[], byte[]> bytes;
  final TestOutputTopic<String, GenerationEvent> generations;
  final TestOutputTopic<byte[], byte[]> deadLetters;
  private final RegistryServer registry;
  private final TopologyTestDriver driver;

  Generation(Path directory, int slots, int maxRequestSize) throws IOException {
    engine = new ScriptedEngine(slots);
    pool = new WorkerPool("pool", List.of(new ServedModel("tiny", List.of(engine))));
    registry = RegistryServer.start(directory.resolve("registry"), 0);
    EventSerdes serdes = new EventSerdes(Map.of(RegistrySettings.URL, registry.url().toString()));
    GenerationWiring wiring =
        new GenerationWiring(
            Topics.defaults(),
            pool,
            new GenerationWiring.Wire(
                serdes.decoder(AdmissionEvent.class), serdes.serializer(GenerationEvent.class)),
            new GenerationWiring.Pacing(Duration.ofMillis(50), new RecordLimit(maxRequestSize)),
            AnswerObserver.SILENT);
    Properties properties = new Properties();
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "generation");
    properties.put(StreamsConfig.STATE_DIR_CONFIG, directory.toString());
    driver =
        new TopologyTestDriver(GenerationTopology.build(wiring, Reopenable::of), properties, START);
    admitted =
        driver.createInputTopic(
            ADMITTED, new StringSerializer(), serdes.serializer(AdmissionEvent.class));
    bytes = driver.createInputTopic(ADMITTED, new ByteArraySerializer(), new ByteArraySerializer());
    generations =
        driver.createOutputTopic(
            "chasqui.generations",
            new StringDeserializer(),
            serdes.deserializer(GenerationEvent.class));
    deadLetters =
        driver.createOutputTopic(
            "chasqui.dead-letters", new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  void turn() {
    driver.advanceWallClockTime(StreamsSettings.TURN);
  }

  void passTime(Duration time) {
    driver.advanceWallClockTime(time);
  }

  void admit(String id) {
    admit(id, prompt -> {});
  }

  void admit(String id, Consumer<PromptSubmitted.Builder> change) {
    PromptSubmitted.Builder prompt =
        PromptSubmitted.newBuilder()
            .setRequestId(id)
            .setModel("tiny")
            .setMessages(List.of(new Message(Role.USER, "hello")))
            .setSampling(sampling().build())
            .setSubmitTime(START);
    change.accept(prompt);
    admitted.pipeInput(
        id,
        AdmissionEvent.newBuilder()
            .setRequestId(id)
            .setType(AdmissionType.ADMITTED)
            .setTime(START)
            .setAdmitted(
                new Admitted(
                    prompt.build(), new PolicyReference("default", 1, "h"), ReleaseMode.WINDOW))
            .build());
  }

  static Sampling.Builder sampling() {
    return Sampling.newBuilder().setMaxTokens(10);
  }

  void stop(String id, String reason) {
    stop(id, new Stop(StopCause.CANCELLED, reason));
  }

  void stop(String id, Stop stop) {
    admitted.pipeInput(
        id,
        AdmissionEvent.newBuilder()
            .setRequestId(id)
            .setType(AdmissionType.STOP)
            .setTime(START)
            .setStop(stop)
            .build());
  }

  List<GenerationEvent> events() {
    return generations.readValuesToList();
  }

  /** Everything in both stores. */
  Map<String, Map<Bytes, byte[]>> state() {
    Map<String, Map<Bytes, byte[]>> state = new TreeMap<>();
    for (String name : List.of(Ledger.REQUESTS, Ledger.PROGRESS)) {
      Map<Bytes, byte[]> entries = new TreeMap<>();
      try (var all = store(name).all()) {
        all.forEachRemaining(entry -> entries.put(entry.key, entry.value));
      }
      state.put(name, entries);
    }
    return state;
  }

  /** What Kafka Streams does after an aborted transaction: close, restore, init again. */
  void abortTo(Map<String, Map<Bytes, byte[]>> committed) {
    state().forEach((name, entries) -> entries.keySet().forEach(store(name)::delete));
    committed.forEach((name, entries) -> entries.forEach(store(name)::put));
    Reopenable.reopen(driver, ADMITTED);
  }

  private KeyValueStore<Bytes, byte[]> store(String name) {
    return driver.getKeyValueStore(name);
  }

  @Override
  public void close() {
    driver.close();
    registry.close();
  }
}
