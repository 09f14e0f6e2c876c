package dev.chasqui.standalone.broker;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/**
 * Settings of a node that is a whole cluster: nothing is replicated, and nothing waits for others.
 *
 * @param directory where topics and metadata are kept
 * @param port of the clients' listener
 * @param controllerPort of the controller's listener; may differ from start to start
 */
record SingleNode(Path directory, int port, int controllerPort) {

  private static final int NODE_ID = 1;
  private static final String CLIENTS = "PLAINTEXT";
  private static final String CONTROLLER = "CONTROLLER";

  boolean isFormatted() {
    return Files.exists(directory.resolve("meta.properties"));
  }

  /** Formats the directory unless it is formatted already. */
  void formatOnce() throws IOException {
    if (isFormatted()) {
      return;
    }
    Files.createDirectories(directory);
    Formatter formatter =
        new Formatter()
            .setPrintStream(
                new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
            .setNodeId(NODE_ID)
            .setClusterId(Uuid.randomUuid().toString())
            .setDirectories(List.of(directory.toString()))
            .setMetadataLogDirectory(directory.toString())
            .setControllerListenerName(CONTROLLER)
            .setIgnoreFormatted(true)
            .setReleaseVersion(MetadataVersion.LATEST_PRODUCTION);
    try {
      formatter.run();
    } catch (IOException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException("cannot format " + directory, e);
    }
  }

  /** Returns the node's configuration. */
  Properties settings() {
    Properties settings = new Properties();
    settings.putAll(identity());
    settings.putAll(unreplicated());
    settings.putAll(SMALL_AND_PROMPT);
    return settings;
  }

  /** Returns the configuration of a controller that soon takes the node's broker for dead. */
  Properties controllerAlone() {
    Properties settings = new Properties();
    settings.putAll(identity());
    settings.putAll(SMALL_AND_PROMPT);
    settings.put("process.roles", "controller");
    settings.put("listeners", controllerListener());
    settings.remove("advertised.listeners");
    settings.remove("inter.broker.listener.name");
    settings.put("broker.heartbeat.interval.ms", "200");
    settings.put("broker.session.timeout.ms", "1000");
    return settings;
  }

  private String controllerListener() {
    return CONTROLLER + "://" + LoopbackPorts.LOOPBACK + ":" + controllerPort;
  }

  private Map<String, String> identity() {
    String host = LoopbackPorts.LOOPBACK;
    String clients = CLIENTS + "://" + host + ":" + port;
    return Map.of(
        "process.roles",
        "broker,controller",
        "node.id",
        Integer.toString(NODE_ID),
        "listeners",
        clients + "," + controllerListener(),
        "advertised.listeners",
        clients,
        "inter.broker.listener.name",
        CLIENTS,
        "controller.listener.names",
        CONTROLLER,
        "controller.quorum.voters",
        NODE_ID + "@" + host + ":" + controllerPort,
        "log.dirs",
        directory.toString(),
        "auto.create.topics.enable",
        "false");
  }

  private static Map<String, String> unreplicated() {
    return Map.of(
        "offsets.topic.replication.factor", "1",
        "offsets.topic.num.partitions", "1",
        "transaction.state.log.replication.factor", "1",
        "transaction.state.log.min.isr", "1",
        "transaction.state.log.num.partitions", "1",
        "share.coordinator.state.topic.replication.factor", "1",
        "share.coordinator.state.topic.min.isr", "1",
        "share.coordinator.state.topic.num.partitions", "1");
  }

  /** Kafka's defaults are for machines of its own and for groups that gather slowly. */
  private static final Map<String, String> SMALL_AND_PROMPT =
      Map.of(
          "group.initial.rebalance.delay.ms", "0",
          // Default 10 s: a reader would wait so much longer behind a dead writer's transaction.
          "transaction.abort.timed.out.transaction.cleanup.interval.ms", "500",
          // Default 128 MiB of heap.
          "log.cleaner.dedupe.buffer.size", "4194304",
          "log.index.size.max.bytes", "1048576",
          "num.io.threads", "2",
          "num.network.threads", "2",
          "background.threads", "2",
          "num.recovery.threads.per.data.dir", "2");
}
