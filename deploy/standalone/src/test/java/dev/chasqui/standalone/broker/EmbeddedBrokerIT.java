package dev.chasqui.standalone.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chasqui.standalone.BrokerMain;
import java.io.BufferedReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class EmbeddedBrokerIT {

  private static final Duration PATIENCE = Duration.ofSeconds(40);

  @TempDir Path directory;

  @Test
  void keepsAcknowledgedRecordsWhenItsProcessIsKilled() throws Exception {
    int port = LoopbackPorts.anyFree();
    Process process = brokerProcess(port);
    write(port, "kept");
    process.destroyForcibly().waitFor();

    try (EmbeddedBroker broker = EmbeddedBroker.start(directory, port)) {
      assertThat(read(broker.bootstrap())).containsExactly("kept");
    }
  }

  @Test
  void endsTheTransactionsThatWereOpenWhenItsProcessWasKilled() throws Exception {
    int port = LoopbackPorts.anyFree();
    Process process = brokerProcess(port);
    write(port, "before");
    try (KafkaProducer<String, String> dead = leaveOpen(port)) {
      process.destroyForcibly().waitFor();
      dead.close(Duration.ZERO);
    }

    try (EmbeddedBroker broker = EmbeddedBroker.start(directory, port)) {
      send(port, "after");

      assertThat(readCommitted(broker.bootstrap(), 2)).containsExactly("before", "after");
    }
  }

  @Test
  void startsAgainWhenItWasKilledBeforeItHadABroker() throws Exception {
    new SingleNode(directory.resolve("log"), LoopbackPorts.anyFree(), LoopbackPorts.anyFree())
        .formatOnce();

    try (EmbeddedBroker broker = EmbeddedBroker.start(directory, LoopbackPorts.anyFree())) {
      assertThat(broker.bootstrap()).startsWith("127.0.0.1:");
    }
  }

  @Test
  void refusesADirectoryThatAnotherNodeHolds() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start(directory, LoopbackPorts.anyFree())) {
      assertThat(broker.bootstrap()).startsWith("127.0.0.1:");
      int other = LoopbackPorts.anyFree();
      assertThatThrownBy(() -> EmbeddedBroker.start(directory, other))
          .isInstanceOf(BrokerException.class)
          .hasMessageContaining(directory.toString())
          .hasMessageContaining("--data-dir");
    }
  }

  @Test
  void refusesAPortThatIsTaken() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      assertThatThrownBy(() -> EmbeddedBroker.start(directory, taken.getLocalPort()))
          .isInstanceOf(BrokerException.class)
          .hasMessageContaining("--port");
    }
  }

  private Process brokerProcess(int port) throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dchasqui.log.file=" + directory.resolve("broker.log"),
                "-cp",
                System.getProperty("java.class.path"),
                BrokerMain.class.getName(),
                directory.toString(),
                Integer.toString(port))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (BufferedReader lines = process.inputReader()) {
      assertThat(lines.readLine()).isEqualTo("bootstrap 127.0.0.1:" + port);
    }
    return process;
  }

  private static void write(int port, String value) throws Exception {
    Map<String, Object> client = Map.of("bootstrap.servers", "127.0.0.1:" + port);
    try (Admin admin = Admin.create(client)) {
      admin.createTopics(List.of(new NewTopic("letters", 1, (short) 1))).all().get();
    }
    send(port, value);
  }

  private static void send(int port, String value) throws Exception {
    try (KafkaProducer<String, String> producer = producer(port, Map.of())) {
      producer.send(letter(value)).get();
    }
  }

  /** Returns a producer whose transaction has begun, is on disk and will not end. */
  private static KafkaProducer<String, String> leaveOpen(int port) throws Exception {
    KafkaProducer<String, String> producer =
        producer(port, Map.of("transactional.id", "killed", "transaction.timeout.ms", 1000));
    producer.initTransactions();
    producer.beginTransaction();
    producer.send(letter("uncommitted")).get();
    return producer;
  }

  private static KafkaProducer<String, String> producer(int port, Map<String, Object> more) {
    Map<String, Object> settings = new HashMap<>(more);
    settings.put("bootstrap.servers", "127.0.0.1:" + port);
    return new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer());
  }

  private static ProducerRecord<String, String> letter(String value) {
    return new ProducerRecord<>("letters", "key", value);
  }

  private static List<String> read(String bootstrap) {
    return readCommitted(bootstrap, 1);
  }

  private static List<String> readCommitted(String bootstrap, int count) {
    Map<String, Object> settings =
        Map.of(
            "bootstrap.servers", bootstrap,
            "auto.offset.reset", "earliest",
            "isolation.level", "read_committed");
    List<String> values = new ArrayList<>();
    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
      TopicPartition partition = new TopicPartition("letters", 0);
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      long end = System.nanoTime() + PATIENCE.toNanos();
      while (values.size() < count && System.nanoTime() < end) {
        consumer.poll(Duration.ofSeconds(1)).forEach(each -> values.add(each.value()));
      }
    }
    return values;
  }
}
