package dev.chasqui.schemas.compatibility;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chasqui.schemas.registry.RegistryClient;
import dev.chasqui.schemas.registry.RegistrySettings;
import dev.chasqui.schemas.registry.SchemaRefusedException;
import dev.chasqui.schemas.registry.server.RegistryServer;
import dev.chasqui.schemas.topics.Topics;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContractPublisherTests {
  @TempDir private Path directory;
  private RegistryServer registry;
  private RegistryClient client;

  @BeforeEach
  void start() throws IOException {
    registry = RegistryServer.start(directory, 0);
    client =
        new RegistryClient(
            RegistrySettings.from(Map.of("schema.registry.url", registry.url().toString())));
  }

  @AfterEach
  void stop() {
    client.close();
    registry.close();
  }

  @Test
  void registersTheSchemaOfEveryTopicAndPool() {
    ContractPublisher publisher = new ContractPublisher(client);
    publisher.publish(Topics.defaults(), List.of("a", "b"));
    publisher.publish(Topics.defaults(), List.of("a", "b"));

    for (TopicContract contract : TopicContract.all()) {
      String name = Topics.defaults().name(contract.role());
      String topic = name.endsWith("admitted") ? name + ".b" : name;
      assertThat(client.lookUp(topic + "-value", contract.schema())).isPositive();
    }
  }

  @Test
  void makesTheRegistryRefuseWhatBreaksUsersReaders() {
    new ContractPublisher(client).publish(Topics.defaults(), List.of("a"));
    Schema response =
        TopicContract.all().stream()
            .map(TopicContract::schema)
            .filter(schema -> schema.getName().equals("ResponseEvent"))
            .findFirst()
            .orElseThrow();
    Schema broken =
        new Schema.Parser()
            .parse(
                response
                    .toString()
                    .replace("\"name\":\"requestId\"", "\"name\":\"id\",\"default\":\"\""));

    assertThatThrownBy(() -> client.register("chasqui.responses-value", broken))
        .isInstanceOf(SchemaRefusedException.class);
  }
}
