package dev.chasqui.standalone.bench;

import dev.chasqui.engine.api.Engine;
import dev.chasqui.guard.app.GuardApplication;
import dev.chasqui.inference.app.InferenceApplication;
import dev.chasqui.schemas.registry.server.RegistryServer;
import dev.chasqui.schemas.topics.TopicCreator;
import dev.chasqui.schemas.topics.TopicLayout;
import dev.chasqui.schemas.topics.Topics;
import dev.chasqui.standalone.Address;
import dev.chasqui.standalone.broker.EmbeddedBroker;
import dev.chasqui.standalone.broker.LoopbackPorts;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Broker, registry and topics, on which each service can be started and stopped by itself.
 *
 * @param broker of this process
 * @param registry of this process
 * @param address how to reach them
 */
record InferenceStage(EmbeddedBroker broker, RegistryServer registry, Address address)
    implements AutoCloseable {

  private static final String POOL = "default";
  private static final String MODEL = "bench";
  private static final int PARTITIONS = 4;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  static InferenceStage start(Workplace workplace) throws IOException {
    RegistryServer registry =
        RegistryServer.start(workplace.fresh("registry"), LoopbackPorts.anyFree());
    EmbeddedBroker broker = EmbeddedBroker.start(workplace.fresh("kafka"), LoopbackPorts.anyFree());
    Address address =
        new Address(broker.bootstrap(), registry.url(), Topics.defaults(), POOL, MODEL);
    Map<String, Object> client = Map.of("bootstrap.servers", broker.bootstrap());
    try (Admin admin = Admin.create(client)) {
      new TopicCreator(admin, PATIENCE)
          .create(new TopicLayout(address.topics(), List.of(POOL), PARTITIONS, 1).plans());
    }
    return new InferenceStage(broker, registry, address);
  }

  /** Starts the service; returns before it has its partitions. The caller closes it. */
  ConfigurableApplicationContext inference(Engine engine, Path stateDirectory) {
    return InferenceApplication.start(Map.of(MODEL, engine), arguments(stateDirectory));
  }

  /** Starts the service; returns before it has its partitions. The caller closes it. */
  ConfigurableApplicationContext guard(Engine engine, Path stateDirectory, Path policies) {
    List<String> arguments = new ArrayList<>(List.of(arguments(stateDirectory)));
    arguments.add("--chasqui.pools." + POOL + "=" + MODEL);
    arguments.add("--chasqui.policies.directory=" + policies);
    return GuardApplication.start(engine, arguments.toArray(String[]::new));
  }

  private String[] arguments(Path stateDirectory) {
    return new String[] {
      "--spring.main.web-application-type=none",
      "--chasqui.bootstrap-servers=" + address.bootstrap(),
      "--chasqui.registry-url=" + address.registry(),
      "--chasqui.state-directory=" + stateDirectory,
      "--chasqui.replication-factor=1"
    };
  }

  @Override
  public void close() {
    broker.close();
    registry.close();
  }
}
