package dev.chasqui.standalone.bench;

import dev.chasqui.cli.CommandException;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.LogDirDescription;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.errors.InterruptException;

/** The changelog topics of a broker: what the stores of the services cost. */
final class Changelogs implements AutoCloseable {

  private static final String SUFFIX = "-changelog";

  private final Admin admin;

  Changelogs(String bootstrap) {
    this.admin = Admin.create(Map.of("bootstrap.servers", bootstrap));
  }

  /** Returns the bytes on disk of every changelog topic, transaction markers included. */
  SortedMap<String, Long> bytes() {
    try {
      List<Integer> brokers = admin.describeCluster().nodes().get().stream().map(Node::id).toList();
      SortedMap<String, Long> bytes = new TreeMap<>();
      admin.describeLogDirs(brokers).allDescriptions().get().values().stream()
          .flatMap(directories -> directories.values().stream())
          .forEach(directory -> add(directory, bytes));
      return bytes;
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    } catch (ExecutionException e) {
      throw new CommandException("the broker does not tell the sizes of its logs", e);
    }
  }

  private static void add(LogDirDescription directory, SortedMap<String, Long> bytes) {
    directory
        .replicaInfos()
        .forEach((partition, replica) -> {
          if (partition.topic().endsWith(SUFFIX)) {
            bytes.merge(partition.topic(), replica.size(), Long::sum);
          }
        });
  }

  @Override
  public void close() {
    admin.close();
  }
}
