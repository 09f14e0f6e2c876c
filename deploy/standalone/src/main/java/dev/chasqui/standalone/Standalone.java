package dev.chasqui.standalone;

import dev.chasqui.cli.terminal.Terminal;
import dev.chasqui.schemas.compatibility.ContractPublisher;
import dev.chasqui.schemas.compatibility.TopicContract;
import dev.chasqui.schemas.registry.RegistryClient;
import dev.chasqui.schemas.registry.RegistrySettings;
import dev.chasqui.schemas.registry.server.RegistryServer;
import dev.chasqui.schemas.topics.TopicCreator;
import dev.chasqui.schemas.topics.TopicLayout;
import dev.chasqui.schemas.topics.TopicPlan;
import dev.chasqui.schemas.topics.Topics;
import dev.chasqui.standalone.Phases.Started;
import dev.chasqui.standalone.broker.EmbeddedBroker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;

/**
 * Broker, registry, guard and inference service in this process. Parts that do not wait for each
 * other start at the same time; they stop in the opposite order.
 */
public final class Standalone implements AutoCloseable {

  static final String POOL = "default";

  /** At least four for each worker, of which there is one. */
  private static final int PARTITIONS = 4;

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final StandaloneSettings settings;
  private final Phases phases;
  private final Closing closing;
  private final Address address;

  private Standalone(StandaloneSettings settings, Phases phases, Closing closing, Address address) {
    this.settings = settings;
    this.phases = phases;
    this.closing = closing;
    this.address = address;
  }

  /**
   * Starts everything and returns when it is ready for prompts; standard error says how it goes.
   *
   * @param settings what to start
   * @param terminal of this process
   * @return what is running; the caller closes it
   * @throws RuntimeException if a part does not start; the others are stopped again
   */
  public static Standalone start(StandaloneSettings settings, Terminal terminal) {
    return start(settings, new Phases(terminal, Phases.Where.ERROR));
  }

  /**
   * Starts everything and returns when it is ready for prompts.
   *
   * @param settings what to start
   * @param phases says what has started
   * @return what is running; the caller closes it
   * @throws RuntimeException if a part does not start; the others are stopped again
   */
  static Standalone start(StandaloneSettings settings, Phases phases) {
    Closing closing = new Closing();
    try {
      RegistryServer registry = phases.run("registry", () -> registry(settings, closing));
      Address address =
          new Address(
              "127.0.0.1:" + settings.ports().kafka(),
              registry.url(),
              Topics.defaults(),
              POOL,
              ServedModels.DEFAULT);
      Standalone standalone = new Standalone(settings, phases, closing, address);
      standalone.startParts();
      return standalone;
    } catch (RuntimeException e) {
      closing.close();
      throw e;
    }
  }

  private static Started<RegistryServer> registry(StandaloneSettings settings, Closing closing) {
    try {
      RegistryServer registry =
          RegistryServer.start(
              settings.dataDirectory().resolve("registry"), settings.ports().registry());
      closing.add("registry", registry);
      return new Started<>(registry, registry.url().toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void startParts() {
    CompletableFuture<ServedModels> models = inBackground(() -> phases.run("model", this::models));
    phases.run("broker", this::broker);
    phases.run("topics", this::topics);
    phases.run("schemas", this::schemas);
    ServedModels served = join(models);
    Services services = new Services(settings, address, closing);
    CompletableFuture<Void> guard =
        inBackground(() -> phases.run("guard", () -> services.guard(served)));
    phases.run("inference", () -> services.inference(served));
    join(guard);
    phases.ready();
  }

  private Started<ServedModels> models() {
    ServedModels models = ServedModels.open(settings);
    closing.add("model", models);
    return new Started<>(models, models.describe());
  }

  private Started<EmbeddedBroker> broker() {
    try {
      EmbeddedBroker broker =
          EmbeddedBroker.start(settings.dataDirectory().resolve("kafka"), settings.ports().kafka());
      closing.add("broker", broker);
      return new Started<>(broker, broker.bootstrap());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Started<List<TopicPlan>> topics() {
    List<TopicPlan> plans = new TopicLayout(address.topics(), List.of(POOL), PARTITIONS, 1).plans();
    Map<String, Object> client = Map.of("bootstrap.servers", address.bootstrap());
    try (Admin admin = Admin.create(client)) {
      int created = new TopicCreator(admin, PATIENCE).create(plans).size();
      return new Started<>(plans, "%d, of which %d are new".formatted(plans.size(), created));
    }
  }

  /** Node and others take their schemas from the registry, ahead of the first record. */
  private Started<List<TopicContract>> schemas() {
    Map<String, Object> client = Map.of(RegistrySettings.URL, address.registry().toString());
    try (RegistryClient registry = new RegistryClient(RegistrySettings.from(client))) {
      new ContractPublisher(registry).publish(address.topics(), List.of(POOL));
    }
    List<TopicContract> contracts = TopicContract.all();
    return new Started<>(contracts, contracts.size() + " contracts");
  }

  private static <T> CompletableFuture<T> inBackground(Supplier<T> work) {
    CompletableFuture<T> result = new CompletableFuture<>();
    Thread.ofPlatform()
        .daemon()
        .name("standalone-start")
        .start(() -> {
          try {
            result.complete(work.get());
          } catch (RuntimeException | Error e) {
            result.completeExceptionally(e);
          }
        });
    return result;
  }

  private static <T> T join(CompletableFuture<T> result) {
    try {
      return result.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  /** Returns how to reach it. */
  public Address address() {
    return address;
  }

  /** Stops everything in good order; doing it twice does nothing. */
  @Override
  public void close() {
    closing.close();
  }
}
