package dev.chasqui.standalone.bench;

import dev.chasqui.cli.CommandException;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures how long the inference service takes to restore what waits. */
@Command(
    name = "restore",
    mixinStandardHelpOptions = true,
    description = {
      "Requests that wait for a model that never answers; then a restart with an empty state",
      "directory: time until the first is handed to the model, and until all are back in line."
    })
final class RestoreCommand implements Callable<Integer> {

  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final Duration PAUSE = Duration.ofMillis(10);
  private static final String QUEUED = "chasqui.inference.queued.requests";
  private static final String RUNNING = "chasqui.inference.running";

  private final Bench bench;

  @Option(
      names = "--requests",
      paramLabel = "N",
      description = "Pending requests. Default: 100000.")
  private int requests = 100_000;

  @Option(
      names = "--characters",
      paramLabel = "N",
      description = "Length of each prompt. Default: 400.")
  private int characters = 400;

  RestoreCommand(Bench bench) {
    this.bench = bench;
  }

  @Override
  public Integer call() throws Exception {
    try (InferenceStage stage = InferenceStage.start(bench.workplace());
        Changelogs changelogs = new Changelogs(stage.address().bootstrap())) {
      double fillSeconds = fill(stage);
      long bytes = changelogs.bytes().values().stream().mapToLong(Long::longValue).sum();
      Restored restored = restore(stage);
      bench.heading(
          "Restart of the inference service, empty state directory, %,d pending requests of %,d characters"
              .formatted(requests, characters));
      bench.say("%-52s %8.1f MB", "changelog", bytes / 1e6);
      bench.say("%-52s %8.1f s", "first start: all admitted and in line", fillSeconds);
      bench.say("%-52s %8.1f s", "restart: first request handed to the model", restored.first());
      bench.say("%-52s %8.1f s", "restart: all in line", restored.all());
    }
    return 0;
  }

  private double fill(InferenceStage stage) throws InterruptedException {
    new Admissions(stage.address(), characters).write(requests);
    Path state = bench.workplace().fresh("state");
    long start = System.nanoTime();
    try (ConfigurableApplicationContext service = stage.inference(new SilentEngine(), state)) {
      awaitAll(service);
      return secondsSince(start);
    } finally {
      Workplace.delete(state);
    }
  }

  /**
   * Seconds from the start of the service.
   *
   * @param first until a request is with the engine: its task is restored and runs
   * @param all until every request is known again
   */
  private record Restored(double first, double all) {}

  private Restored restore(InferenceStage stage) throws Exception {
    SilentEngine engine = new SilentEngine();
    Path state = bench.workplace().fresh("state");
    long start = System.nanoTime();
    try (ConfigurableApplicationContext service = stage.inference(engine, state)) {
      long first = engine.firstRequestNanos().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      awaitAll(service);
      return new Restored((first - start) / 1e9, secondsSince(start));
    }
  }

  private static double secondsSince(long start) {
    return (System.nanoTime() - start) / 1e9;
  }

  private void awaitAll(ApplicationContext service) throws InterruptedException {
    MeterRegistry meters = service.getBean(MeterRegistry.class);
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (value(meters, QUEUED) + value(meters, RUNNING) < requests) {
      if (System.nanoTime() > deadline) {
        throw new CommandException(
            "of %d requests only %.0f are in line after %s"
                .formatted(requests, value(meters, QUEUED), PATIENCE));
      }
      Thread.sleep(PAUSE);
    }
  }

  private static double value(MeterRegistry meters, String name) {
    Gauge gauge = meters.find(name).gauge();
    return gauge == null ? 0 : gauge.value();
  }
}
