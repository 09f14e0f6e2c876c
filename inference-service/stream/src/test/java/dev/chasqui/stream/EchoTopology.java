package dev.chasqui.stream;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/** A smallest use of the pattern: an engine that answers by hand, and one store of requests. */
final class EchoTopology implements AutoCloseable {

  static final RecordLimit LIMIT = new RecordLimit(2048);

  /** What the engine was asked, and how to answer. */
  record Call(String id, String text, Mailbox.Sender<Answer> answers, List<String> cancelled) {

    void answer(String text) {
      answers.send(new Answer(id, text));
    }
  }

  record Answer(String id, String text) {}

  final List<Call> calls = new ArrayList<>();
  final List<String> cancelled = new ArrayList<>();
  final TestInputTopic<String, String> in;
  final TestOutputTopic<String, String> out;
  private final TopologyTestDriver driver;
  private boolean open = true;

  EchoTopology() {
    Topology topology = new Topology();
    topology.addSource(
        "source", Serdes.ByteArray().deserializer(), Serdes.ByteArray().deserializer(), "in");
    topology.addProcessor(
        "echo",
        Reopenable.of(
            AsyncProcessor.supplier(
                StreamsSettings.TURN, new CommitPace(Duration.ofMillis(50)), Echo::new)),
        "source");
    topology.addStateStore(StateStores.inMemory("requests"), "echo");
    topology.addSink(
        "sink", "out", Serdes.ByteArray().serializer(), Serdes.ByteArray().serializer(), "echo");
    Properties properties = new Properties();
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "echo");
    driver = new TopologyTestDriver(topology, properties, Instant.EPOCH);
    in = driver.createInputTopic("in", new StringSerializer(), new StringSerializer());
    out = driver.createOutputTopic("out", new StringDeserializer(), new StringDeserializer());
  }

  void turn() {
    driver.advanceWallClockTime(StreamsSettings.TURN);
  }

  KeyValueStore<Bytes, byte[]> requests() {
    return driver.getKeyValueStore("requests");
  }

  /** What Kafka Streams does after an aborted transaction: close, restore, init again. */
  void abortTo(Map<Bytes, byte[]> committed) {
    List<Bytes> keys = new ArrayList<>();
    try (var all = requests().all()) {
      all.forEachRemaining(entry -> keys.add(entry.key));
    }
    keys.forEach(requests()::delete);
    committed.forEach(requests()::put);
    Reopenable.reopen(driver, "in");
  }

  Map<Bytes, byte[]> stored() {
    Map<Bytes, byte[]> entries = new TreeMap<>();
    try (var all = requests().all()) {
      all.forEachRemaining(entry -> entries.put(entry.key, entry.value));
    }
    return entries;
  }

  @Override
  public void close() {
    if (open) {
      open = false;
      driver.close();
    }
  }

  private final class Echo implements AsyncTask<Answer> {

    private final TaskPort<Answer> port;
    private final MeasuredStore<String, String> requests;
    private final Outlet<String> answers;
    private final List<String> waiting = new ArrayList<>();

    Echo(TaskPort<Answer> port) {
      this.port = port;
      requests =
          new MeasuredStore<>(port.store("requests"), Serdes.String(), Serdes.String(), LIMIT);
      answers =
          new Outlet<>(
              port.context(), new Outlet.Sink("sink", "out"), new StringSerializer(), LIMIT);
      requests.forEach((id, text) -> waiting.add(id));
    }

    @Override
    public void onRecord(Record<byte[], byte[]> record) {
      String id = new String(record.key(), StandardCharsets.UTF_8);
      String text = new String(record.value(), StandardCharsets.UTF_8);
      switch (requests.put(id, text)) {
        case Measured.Fits fits -> waiting.add(id);
        case Measured.TooLarge tooLarge -> answers.forward(id, tooLarge.message("the text"));
      }
    }

    @Override
    public void onEvent(Answer answer) {
      answers.forward(answer.id(), answer.text());
      requests.delete(answer.id());
      port.calls().ended(answer.id());
      port.commits().wroteFinal();
    }

    @Override
    public void onTurn(Instant now) {
      for (String id : waiting) {
        calls.add(new Call(id, requests.get(id).orElseThrow(), port.sender(), cancelled));
        port.calls().opened(id, () -> cancelled.add(id));
      }
      waiting.clear();
    }
  }
}
