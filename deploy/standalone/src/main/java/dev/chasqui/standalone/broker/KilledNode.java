package dev.chasqui.standalone.broker;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.time.Duration;
import javax.management.JMException;
import javax.management.ObjectName;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;

/**
 * Declares a node dead that was killed, before it is started again.
 *
 * <p>In its own metadata a killed node is alive and leads every partition. Started from there,
 * Kafka 4.3 elects its transaction coordinator at once; then the node registers anew and for a
 * moment leads nothing. The coordinator drops transaction markers that it wants to send in that
 * moment ("likely deleted already"), and such a transaction stays open for good: no reader of
 * committed records gets past it. So the controller alone runs first, until it has missed the dead
 * node for long enough. After that nothing is elected before everything is.
 */
final class KilledNode {

  /** Kafka writes it when it stops in good order, and deletes it when it starts. */
  private static final String CLEAN_STOP = ".kafka_cleanshutdown";

  private static final String ALIVE =
      "kafka.controller:type=KafkaController,name=ActiveBrokerCount";
  private static final String DEAD = "kafka.controller:type=KafkaController,name=FencedBrokerCount";
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final long LOOK_MILLIS = 20;

  private final SingleNode node;

  KilledNode(SingleNode node) {
    this.node = node;
  }

  /** Returns whether the node of a formatted directory stopped without good order. */
  static boolean isIn(SingleNode node) {
    return node.isFormatted() && !Files.exists(node.directory().resolve(CLEAN_STOP));
  }

  /**
   * Returns when the controller counts the node as dead.
   *
   * @throws IOException if the controller does not come to it
   */
  void declareDead() throws IOException {
    KafkaConfig config = KafkaConfig.fromProps(node.controllerAlone(), false);
    KafkaRaftServer controller = new KafkaRaftServer(config, Time.SYSTEM);
    controller.startup();
    try {
      awaitFencing();
    } finally {
      controller.shutdown();
      controller.awaitShutdown();
    }
  }

  private void awaitFencing() throws IOException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (count(ALIVE) != 0 || count(DEAD) == 0) {
      if (System.nanoTime() > end) {
        checkNeverLived();
        return;
      }
      pause();
    }
  }

  /** A node that was killed before it registered is neither alive nor dead. */
  private void checkNeverLived() throws IOException {
    if (count(ALIVE) != 0) {
      throw new IOException(
          "The controller of %s did not notice within %s that its node was killed. Start again, or begin with an empty --data-dir."
              .formatted(node.directory(), PATIENCE));
    }
  }

  private static int count(String metric) {
    try {
      Object value =
          ManagementFactory.getPlatformMBeanServer().getAttribute(new ObjectName(metric), "Value");
      return ((Number) value).intValue();
    } catch (JMException notYet) {
      return -1;
    }
  }

  private static void pause() throws IOException {
    try {
      Thread.sleep(LOOK_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while a killed node is declared dead", e);
    }
  }
}
