package dev.chasqui.standalone.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chasqui.events.CancellationRequested;
import dev.chasqui.schemas.deadletter.DeadLetter;
import dev.chasqui.schemas.registry.RegistrySettings;
import dev.chasqui.schemas.registry.server.RegistryServer;
import dev.chasqui.schemas.serde.AvroDeserializer;
import dev.chasqui.schemas.serde.AvroSerializer;
import dev.chasqui.schemas.serde.DecodeOutcome;
import dev.chasqui.schemas.serde.DecodeOutcome.Malformed;
import dev.chasqui.schemas.serde.EventSerdes;
import dev.chasqui.schemas.serde.RecordDecoder;
import dev.chasqui.schemas.topics.TopicCreator;
import dev.chasqui.schemas.topics.TopicLayout;
import dev.chasqui.schemas.topics.TopicMismatchException;
import dev.chasqui.schemas.topics.TopicPlan;
import dev.chasqui.schemas.topics.Topics;
import dev.chasqui.standalone.broker.EmbeddedBroker;
import dev.chasqui.standalone.broker.LoopbackPorts;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Topics, serdes and dead letters against a real broker and the registry inside the process. */
@Timeout(120)
class WireContractIT {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @TempDir private static Path directory;
  private static EmbeddedBroker broker;
  private static RegistryServer registry;
  private static Admin admin;

  @BeforeAll
  static void start() throws Exception {
    broker = EmbeddedBroker.start(directory.resolve("broker"), LoopbackPorts.anyFree());
    registry = RegistryServer.start(directory.resolve("registry"), 0);
    admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrap()));
  }

  @AfterAll
  static void stop() {
    admin.close();
    registry.close();
    broker.close();
  }

  private static TopicLayout layout(String prefix, int partitions, String... pools) {
    return new TopicLayout(Topics.withPrefix(prefix), List.of(pools), partitions, 1);
  }

  private static List<String> create(TopicLayout layout) {
    return new TopicCreator(admin, PATIENCE).create(layout.plans());
  }

  @Test
  void createsWhatIsMissingOnce() {
    TopicLayout first = layout("once.", 2, "small");

    assertThat(create(first))
        .containsExactlyElementsOf(first.plans().stream().map(TopicPlan::name).sorted().toList());
    assertThat(create(first)).isEmpty();
    assertThat(create(layout("once.", 2, "small", "large"))).containsExactly("once.admitted.large");
  }

  @Test
  void mayRunInSeveralProcessesAtOnce() {
    TopicLayout layout = layout("raced.", 2, "small");
    List<CompletableFuture<List<String>>> runs =
        Stream.generate(() -> CompletableFuture.supplyAsync(() -> create(layout)))
            .limit(3)
            .toList();

    assertThat(runs.stream().map(CompletableFuture::join).flatMap(List::stream))
        .containsExactlyInAnyOrderElementsOf(layout.plans().stream().map(TopicPlan::name).toList());
  }

  @Test
  void refusesTopicsThatCannotBeJoined() {
    create(layout("odd.", 2, "small"));

    assertThatThrownBy(() -> create(layout("odd.", 4, "small", "new")))
        .isInstanceOf(TopicMismatchException.class)
        .hasMessageContaining("odd.prompts has 2")
        .hasMessageContaining("here 4")
        .hasMessageNotContaining("odd.policies");
    assertThat(create(layout("odd.", 2, "small", "new"))).containsExactly("odd.admitted.new");
  }

  @Test
  void carriesEventsWithSerdesThatKafkaMakes() {
    create(layout("events.", 1, "small"));
    CancellationRequested event = new CancellationRequested("r1", "why not", Instant.EPOCH);
    Map<String, Object> writer =
        Map.of(
            "bootstrap.servers",
            broker.bootstrap(),
            "key.serializer",
            StringSerializer.class,
            "value.serializer",
            AvroSerializer.class.getName(),
            RegistrySettings.URL,
            registry.url().toString());
    Map<String, Object> reader =
        Map.of(
            "bootstrap.servers",
            broker.bootstrap(),
            "key.deserializer",
            StringDeserializer.class,
            "value.deserializer",
            AvroDeserializer.class.getName(),
            "specific.avro.reader",
            true,
            RegistrySettings.URL,
            registry.url().toString());

    try (var producer = new KafkaProducer<String, CancellationRequested>(writer)) {
      producer.send(new ProducerRecord<>("events.cancellations", "r1", event));
    }
    try (var consumer = new KafkaConsumer<String, CancellationRequested>(reader)) {
      assertThat(readOne(consumer, "events.cancellations").value()).isEqualTo(event);
    }
  }

  @Test
  void putsGarbageAsideAsItCame() {
    create(layout("bad.", 1, "small"));
    send(new ProducerRecord<>("bad.prompts", 0, bytes("key"), bytes("not Avro"), trace()));
    ConsumerRecord<byte[], byte[]> garbage = readBytes("bad.prompts");

    send(letter(garbage));

    ConsumerRecord<byte[], byte[]> letter = readBytes("bad.dead-letters");
    assertThat(letter.key()).isEqualTo(bytes("key"));
    assertThat(letter.value()).isEqualTo(bytes("not Avro"));
    assertThat(letter.headers().lastHeader("trace").value()).isEqualTo(bytes("abc"));
    assertThat(DeadLetter.read(letter.headers()).orElseThrow())
        .satisfies(reason -> assertThat(reason.code()).isEqualTo("malformed-record"))
        .satisfies(
            reason -> assertThat(reason.source()).isEqualTo(new TopicPartition("bad.prompts", 0)));
  }

  private static ProducerRecord<byte[], byte[]> letter(ConsumerRecord<byte[], byte[]> garbage) {
    EventSerdes serdes = new EventSerdes(Map.of(RegistrySettings.URL, registry.url().toString()));
    try (RecordDecoder<CancellationRequested> decoder =
        serdes.decoder(CancellationRequested.class)) {
      DecodeOutcome<CancellationRequested> outcome =
          decoder.decode(garbage.topic(), garbage.headers(), garbage.value());
      assertThat(outcome).isInstanceOf(Malformed.class);
      Malformed<CancellationRequested> malformed = (Malformed<CancellationRequested>) outcome;
      return new DeadLetter(
              malformed.code(),
              malformed.message(),
              new TopicPartition(garbage.topic(), garbage.partition()),
              garbage.offset(),
              Instant.EPOCH)
          .letter("bad.dead-letters", garbage);
    }
  }

  private static List<Header> trace() {
    return List.of(new RecordHeader("trace", bytes("abc")));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static void send(ProducerRecord<byte[], byte[]> record) {
    try (var producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", broker.bootstrap()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      producer.send(record);
    }
  }

  private static ConsumerRecord<byte[], byte[]> readBytes(String topic) {
    try (var consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", broker.bootstrap()),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      return readOne(consumer, topic);
    }
  }

  private static <K, V> ConsumerRecord<K, V> readOne(KafkaConsumer<K, V> consumer, String topic) {
    consumer.assign(List.of(new TopicPartition(topic, 0)));
    consumer.seekToBeginning(consumer.assignment());
    return consumer.poll(PATIENCE).iterator().next();
  }
}
