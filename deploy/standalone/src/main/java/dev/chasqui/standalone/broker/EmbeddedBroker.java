package dev.chasqui.standalone.broker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;

/**
 * A running single-node Kafka.
 *
 * <p>Its directory is formatted once and kept: a node that was killed goes on with all that it had
 * acknowledged. Every listener is on loopback.
 */
public final class EmbeddedBroker implements AutoCloseable {

  private final KafkaRaftServer server;
  private final DirectoryLock lock;
  private final int port;

  private EmbeddedBroker(KafkaRaftServer server, DirectoryLock lock, int port) {
    this.server = server;
    this.lock = lock;
    this.port = port;
  }

  /**
   * Starts a node and returns when it answers.
   *
   * @param directory where the node keeps what it stores; made when missing
   * @param port where clients connect
   * @return the running node
   * @throws IOException if the directory cannot be written
   * @throws BrokerException if the port is taken or another node holds the directory
   */
  public static EmbeddedBroker start(Path directory, int port) throws IOException {
    LoopbackPorts.requireFree(port);
    Files.createDirectories(directory);
    DirectoryLock lock = DirectoryLock.acquire(directory);
    try {
      SingleNode node = new SingleNode(directory.resolve("log"), port, LoopbackPorts.anyFree());
      boolean killed = KilledNode.isIn(node);
      node.formatOnce();
      if (killed) {
        new KilledNode(node).declareDead();
      }
      KafkaRaftServer server =
          new KafkaRaftServer(KafkaConfig.fromProps(node.settings(), false), Time.SYSTEM);
      server.startup();
      return new EmbeddedBroker(server, lock, port);
    } catch (IOException | RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  /** Returns the address for {@code bootstrap.servers}. */
  public String bootstrap() {
    return LoopbackPorts.LOOPBACK + ":" + port;
  }

  /** Stops the node in good order. */
  @Override
  public void close() {
    server.shutdown();
    server.awaitShutdown();
    lock.close();
  }
}
