package dev.chasqui.standalone.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chasqui.standalone.BrokerMain;
import java.io.BufferedReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
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
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(client, new StringSerializer(), new StringSerializer())) {
      producer.send(new ProducerRecord<>("letters", "key", value)).get();
    }
  }

  private static List<String> read(String bootstrap) {
    Map<String, Object> settings =
        Map.of("bootstrap.servers", bootstrap, "auto.offset.reset", "earliest");
    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
      TopicPartition partition = new TopicPartition("letters", 0);
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      return consumer.poll(Duration.ofSeconds(20)).records(partition).stream()
          .map(each -> each.value())
          .toList();
    }
  }
}
