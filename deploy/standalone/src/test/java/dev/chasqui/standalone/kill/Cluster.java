package dev.chasqui.standalone.kill;

import static org.awaitility.Awaitility.await;

import dev.chasqui.guard.app.GuardApplication;
import dev.chasqui.inference.app.InferenceApplication;
import dev.chasqui.schemas.topics.TopicCreator;
import dev.chasqui.schemas.topics.TopicLayout;
import dev.chasqui.schemas.topics.Topics;
import dev.chasqui.standalone.BrokerMain;
import dev.chasqui.standalone.RegistryMain;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.common.GroupState;
import org.awaitility.core.ConditionTimeoutException;

/**
 * Broker, registry, two guards and two inference services, each a process of its own on loopback.
 *
 * <p>Instances are numbered 0 and 1; each has a state directory of its own that outlives it.
 * Instance 1 runs its topologies on two stream threads, instance 0 on one.
 */
final class Cluster implements AutoCloseable {

  static final int INSTANCES = 2;
  private static final int STREAMS_GROUPS = 3;
  private static final Duration PATIENCE = Duration.ofSeconds(300);

  private final ClusterSpec spec;
  private final String bootstrap;
  private final String registry;
  private final ServiceProcess broker;
  private final ServiceProcess registryProcess;
  private final List<ServiceProcess> guards = new ArrayList<>();
  private final List<ServiceProcess> inferences = new ArrayList<>();

  Cluster(ClusterSpec spec) {
    this.spec = spec;
    int brokerPort = freePort();
    int registryPort = freePort();
    this.bootstrap = "127.0.0.1:" + brokerPort;
    this.registry = "http://127.0.0.1:" + registryPort;
    this.broker = process("broker", BrokerMain.class, List.of(path("broker"), "" + brokerPort));
    this.registryProcess =
        process("registry", RegistryMain.class, List.of(path("registry"), "" + registryPort));
    for (int i = 0; i < INSTANCES; i++) {
      guards.add(process("guard-" + i, GuardApplication.class, guardArguments(i)));
      inferences.add(process("inference-" + i, InferenceApplication.class, inferenceArguments(i)));
    }
  }

  /** Starts everything and waits until every group has its members. */
  void start() {
    broker.start();
    registryProcess.start();
    try (Admin admin = Admin.create(client())) {
      new TopicCreator(admin, PATIENCE)
          .create(
              new TopicLayout(Topics.defaults(), List.of("default"), ClusterSpec.PARTITIONS, 1)
                  .plans());
      services().forEach(ServiceProcess::start);
      awaitMembers(admin);
    }
  }

  String bootstrap() {
    return bootstrap;
  }

  String registry() {
    return registry;
  }

  ServiceProcess broker() {
    return broker;
  }

  /** Returns guard and inference service of one instance. */
  List<ServiceProcess> instance(int number) {
    return List.of(guards.get(number), inferences.get(number));
  }

  /** Returns all services, broker and registry not among them. */
  List<ServiceProcess> services() {
    return Stream.concat(guards.stream(), inferences.stream()).toList();
  }

  /** Throws away what the services keep on disk. */
  void forgetState() {
    for (int i = 0; i < INSTANCES; i++) {
      delete(spec.folder().resolve("guard-state-" + i));
      delete(spec.folder().resolve("inference-state-" + i));
    }
  }

  /** Returns the ends of all logs. */
  String logs() {
    return Stream.concat(Stream.of(broker, registryProcess), services().stream())
        .map(ServiceProcess::logTail)
        .reduce("", (all, one) -> all + "\n" + one);
  }

  @Override
  public void close() {
    services().forEach(ServiceProcess::close);
    registryProcess.close();
    broker.close();
  }

  /** As patient as we are: on a busy machine the broker takes more than a client's usual minute. */
  private Map<String, Object> client() {
    return Map.of(
        AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
        bootstrap,
        AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
        Math.toIntExact(PATIENCE.toMillis()));
  }

  private void awaitMembers(Admin admin) {
    try {
      await().atMost(PATIENCE).pollInterval(Duration.ofMillis(500)).until(() -> complete(admin));
    } catch (ConditionTimeoutException e) {
      throw new IllegalStateException("the services do not join their groups" + logs(), e);
    }
  }

  private static boolean complete(Admin admin) {
    try {
      List<String> groups =
          admin.listGroups().all().get().stream().map(GroupListing::groupId).toList();
      return groups.size() >= STREAMS_GROUPS
          && admin.describeConsumerGroups(groups).all().get().values().stream()
              .allMatch(Cluster::complete);
    } catch (ExecutionException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while services started", e);
    }
  }

  private static boolean complete(ConsumerGroupDescription group) {
    return group.groupState() == GroupState.STABLE && group.members().size() >= INSTANCES;
  }

  private List<String> guardArguments(int instance) {
    return List.of(
        "--chasqui.bootstrap-servers=" + bootstrap,
        "--chasqui.registry-url=" + registry,
        "--chasqui.state-directory=" + path("guard-state-" + instance),
        "--chasqui.replication-factor=1",
        "--chasqui.pools.default=" + ClusterSpec.MODEL,
        "--chasqui.guard.model=" + spec.guardModel(),
        "--chasqui.guard.backend=scalar",
        "--chasqui.guard.threads=1",
        "--chasqui.stream-threads=" + (1 + instance),
        "--chasqui.policies.directory=" + policies(),
        "--chasqui.policies.default-id=any-mode",
        "--spring.main.web-application-type=none");
  }

  /** The tiny model is no guard: what it cannot decide passes. */
  private static Path policies() {
    try {
      return Path.of(Cluster.class.getResource("/policies/open.policy").toURI()).getParent();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private List<String> inferenceArguments(int instance) {
    Stream<String> usual =
        Stream.of(
            "--chasqui.bootstrap-servers=" + bootstrap,
            "--chasqui.registry-url=" + registry,
            "--chasqui.state-directory=" + path("inference-state-" + instance),
            "--chasqui.replication-factor=1",
            "--chasqui.models[0].name=" + ClusterSpec.MODEL,
            "--chasqui.models[0].path=" + spec.model(),
            "--chasqui.models[0].backend=scalar",
            "--chasqui.models[0].threads=1",
            "--chasqui.stream-threads=" + (1 + instance),
            "--spring.main.web-application-type=none");
    return Stream.concat(usual, spec.ofInference().stream()).toList();
  }

  private ServiceProcess process(String name, Class<?> main, List<String> arguments) {
    return new ServiceProcess(name, spec.folder(), "384m", main.getName(), arguments);
  }

  private String path(String name) {
    return spec.folder().resolve(name).toString();
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException("no free port on loopback", e);
    }
  }

  private static void delete(Path folder) {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete " + folder, e);
    }
  }
}
