package dev.chasqui.standalone;

import dev.chasqui.cli.fetch.ModelSource;
import dev.chasqui.cli.fetch.ModelStore;
import dev.chasqui.cli.kafka.Connection;
import dev.chasqui.cli.terminal.Terminal;
import dev.chasqui.standalone.broker.LoopbackPorts;
import dev.chasqui.standalone.demo.Demo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command line of standalone. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    version = "chasqui 0.1.0",
    description = {
      "Broker, schema registry, guard and inference service in one process.",
      "Without --serve: submits a few sample prompts, shows what comes back, and ends."
    })
final class StandaloneCommand implements Callable<Integer> {

  private static final Duration DEMO_PATIENCE = Duration.ofMinutes(5);
  private static final int KAFKA_PORT = 9092;
  private static final int REGISTRY_PORT = 8081;

  private final Terminal terminal;
  private final Map<String, String> environment;
  private final Path home;

  @Option(
      names = "--model",
      paramLabel = "MODEL",
      defaultValue = ModelSource.DEFAULT,
      description =
          "The model that answers: checkpoint file or directory, hf:OWNER/REPO/FILE, or default"
              + " (SmolLM2-135M-Instruct, fetched once).")
  private String model = ModelSource.DEFAULT;

  @Option(
      names = "--guard-model",
      paramLabel = "MODEL",
      description =
          "A Llama Guard that judges. Default: SmolLM2-135M-Instruct with the guard adapter that"
              + " comes with Chasqui.")
  private @Nullable String guardModel;

  @Option(
      names = "--backend",
      paramLabel = "NAME",
      defaultValue = "auto",
      description = "auto, scalar, vector, native or cuda. Default: ${DEFAULT-VALUE}.")
  private String backend = "auto";

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description =
          "Port of Kafka on 127.0.0.1. Default: " + KAFKA_PORT + ", a free one where it is taken.")
  private @Nullable Integer port;

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description =
          "Where everything is kept across restarts. Default: ~/.local/share/chasqui/standalone.")
  private @Nullable Path dataDirectory;

  @Option(names = "--serve", description = "Keep everything up, without a demo, until Ctrl-C.")
  private boolean serve;

  @Option(
      names = "--json",
      description =
          "One line on standard output once everything is ready: bootstrap, registry, topics."
              + " Implies --serve.")
  private boolean json;

  StandaloneCommand(Terminal terminal, Map<String, String> environment, Path home) {
    this.terminal = terminal;
    this.environment = environment;
    this.home = home;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Phases phases = new Phases(terminal, json ? Phases.Where.ERROR : Phases.Where.OUTPUT);
    Standalone standalone = Standalone.start(settings(), phases);
    Thread stop = new Thread(standalone::close, "standalone-stop");
    Runtime.getRuntime().addShutdownHook(stop);
    if (json || serve) {
      announce(standalone);
      new CountDownLatch(1).await(); // Ctrl-C runs the hook
    }
    return demo(standalone) ? 0 : 1;
  }

  private StandaloneSettings settings() throws IOException {
    Path directory = directory();
    Files.createDirectories(directory);
    System.setProperty("chasqui.log.file", directory.resolve("chasqui.log").toString());
    // logback.xml holds for both services; each on its own would set it up once more
    System.setProperty("org.springframework.boot.logging.LoggingSystem", "none");
    ModelStore models = ModelStore.of(environment, home, terminal);
    return new StandaloneSettings(
        directory,
        new StandaloneSettings.Ports(
            port != null ? port : freeOr(KAFKA_PORT), freeOr(REGISTRY_PORT)),
        models.locate(ModelSource.parse(model)),
        guard(models),
        backend);
  }

  private StandaloneSettings.Guard guard(ModelStore models) {
    if (guardModel != null) {
      Path judging = models.locate(ModelSource.parse(guardModel));
      return new StandaloneSettings.ModelGuard(judging, "default", Optional.empty());
    }
    return new StandaloneSettings.AdapterGuard(
        models.locate(ModelSource.parse(ModelSource.DEFAULT)));
  }

  private Path directory() {
    if (dataDirectory != null) {
      return dataDirectory.toAbsolutePath();
    }
    String share = environment.getOrDefault("XDG_DATA_HOME", "");
    Path root = share.isEmpty() ? home.resolve(".local/share") : Path.of(share);
    return root.resolve("chasqui/standalone");
  }

  private static int freeOr(int usual) {
    return LoopbackPorts.isFree(usual) ? usual : LoopbackPorts.anyFree();
  }

  private void announce(Standalone standalone) {
    if (json) {
      terminal.println(standalone.address().json());
      return;
    }
    terminal.println("");
    terminal.println(standalone.address().howToConnect(terminal.outPaint()));
  }

  private boolean demo(Standalone standalone) {
    terminal.println("");
    Connection connection = standalone.address().connection();
    try (Demo demo = new Demo(connection, standalone.address().model(), terminal)) {
      return demo.run(DEMO_PATIENCE);
    }
  }

  /** Says in one line why it did not start. */
  void explain(Exception e) {
    terminal.err().println("chasqui: " + (e.getMessage() == null ? e : e.getMessage()));
    terminal.err().println("More is in " + directory().resolve("chasqui.log"));
    terminal.err().flush();
  }
}
