package dev.chasqui.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.events.ResponseEvent;
import dev.chasqui.events.ResponseType;
import dev.chasqui.schemas.registry.server.RegistryServer;
import dev.chasqui.schemas.topics.TopicCreator;
import dev.chasqui.schemas.topics.TopicLayout;
import dev.chasqui.schemas.topics.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;
import org.testcontainers.kafka.KafkaContainer;

/** The services against Kafka as others ship it; skipped where there is no Docker. */
@Testcontainers(disabledWithoutDocker = true)
@Timeout(240)
class ContainerBrokerIT {

  @Container private static final KafkaContainer KAFKA = new KafkaContainer("apache/kafka:4.1.1");

  @TempDir private Path directory;

  @Test
  void answersThroughAnApacheKafkaImage() throws Exception {
    Path model = Path.of(ContainerBrokerIT.class.getResource("/golden/llama32-Q8_0.gguf").toURI());
    StandaloneSettings settings = TestStandalone.settings(directory, model);
    try (Closing closing = new Closing()) {
      RegistryServer registry = RegistryServer.start(directory.resolve("registry"), 0);
      closing.add("registry", registry);
      Address address = address(registry);
      createTopics(address);
      ServedModels models = ServedModels.open(settings);
      closing.add("models", models);
      Services services = new Services(settings, address, closing);
      services.guard(models);
      services.inference(models);

      try (Conversation conversation = new Conversation(address.connection())) {
        ResponseEvent end = conversation.ask(Conversation.chat("one", "default model", 8).build());
        assertThat(end.getType()).as("%s", end).isEqualTo(ResponseType.FINISHED);
      }
    }
  }

  private static Address address(RegistryServer registry) {
    return new Address(
        KAFKA.getBootstrapServers(),
        registry.url(),
        Topics.defaults(),
        Standalone.POOL,
        ServedModels.DEFAULT);
  }

  private static void createTopics(Address address) {
    TopicLayout layout = new TopicLayout(address.topics(), List.of(Standalone.POOL), 4, 1);
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", address.bootstrap()))) {
      new TopicCreator(admin, Duration.ofSeconds(30)).create(layout.plans());
    }
  }
}
