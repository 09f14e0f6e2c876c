package dev.chasqui.guard.app;

import dev.chasqui.engine.api.Engine;
import dev.chasqui.guard.classifier.Classifier;
import dev.chasqui.guard.classifier.PolicyReading;
import dev.chasqui.guard.scan.CodeScanner;
import dev.chasqui.guard.topology.GuardObserver;
import dev.chasqui.guard.topology.GuardSetup;
import dev.chasqui.guard.topology.input.InputTopology;
import dev.chasqui.guard.topology.judging.GuardDesk;
import dev.chasqui.guard.topology.output.OutputTopology;
import dev.chasqui.schemas.serde.EventSerdes;
import dev.chasqui.service.RunningService;
import dev.chasqui.stream.CommitPace;
import dev.chasqui.stream.StreamsRun;
import dev.chasqui.stream.StreamsSettings;
import dev.chasqui.stream.Turnstile;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.streams.KafkaStreams;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Both topologies at work on one guard model; knows no Spring. */
public final class GuardService implements RunningService {

  private static final Logger log = LoggerFactory.getLogger(GuardService.class);

  private final GuardDesk desk;
  private final InputTopology input;
  private final OutputTopology output;
  private final Map<String, StreamsRun> runs = new TreeMap<>();

  private GuardService(GuardSettings settings, Engine engine, GuardObserver observer) {
    GuardSettings.Rules rules = settings.rules();
    GuardSetup setup =
        new GuardSetup(
            settings.service().wire().topics(),
            rules.pools(),
            rules.policies(),
            new EventSerdes(settings.service().wire().serdes()),
            settings.service().streams().sizing().limit());
    this.desk = desk(settings.model(), engine);
    this.input = new InputTopology(setup, desk, rules.retention(), observer);
    this.output =
        new OutputTopology(
            setup, desk, settings.model().tailTokens(), CodeScanner.builtIn(), observer);
  }

  /**
   * Starts; returns when the model has read the policies, before the first partition is assigned.
   *
   * @param settings how to run
   * @param engine the guard model; outlives this service
   * @param observer who watches
   * @return the running service, to be closed
   */
  public static GuardService start(GuardSettings settings, Engine engine, GuardObserver observer) {
    GuardService service = new GuardService(settings, engine, observer);
    try {
      service.readPolicies(settings);
      service.run(settings);
    } catch (RuntimeException failure) {
      service.close();
      throw failure;
    }
    return service;
  }

  @Override
  public Map<String, KafkaStreams.State> states() {
    Map<String, KafkaStreams.State> states = new TreeMap<>();
    runs.forEach((name, run) -> states.put(name, run.state()));
    return states;
  }

  /** Returns how many judgings wait for the guard. */
  public int queuedJudgings() {
    return desk.turnstile().queuedRequests();
  }

  /** Returns how many judgings the guard works on. */
  public int runningJudgings() {
    return desk.turnstile().inside();
  }

  @Override
  public void close() {
    runs.values().forEach(StreamsRun::close);
    input.close();
    output.close();
  }

  private void readPolicies(GuardSettings settings) {
    Instant start = Instant.now();
    Duration atMost = settings.warmUp();
    if (new PolicyReading(desk.classifier(), settings.rules().policies()).read(atMost)) {
      log.info("policies read in {}", Duration.between(start, Instant.now()));
    } else {
      log.info("policies not read within {}: the first prompts wait for it", atMost);
    }
  }

  private void run(GuardSettings settings) {
    CommitPace inputPace = new CommitPace(settings.service().commitInterval());
    CommitPace outputPace = new CommitPace(settings.service().commitInterval());
    runs.put("input", StreamsRun.start(input.build(inputPace), part(settings, "input")));
    runs.put("output", StreamsRun.start(output.build(outputPace), part(settings, "output")));
  }

  private static GuardDesk desk(GuardSettings.Model model, Engine engine) {
    Turnstile turnstile = new Turnstile(() -> model.maxJudgings().orElseGet(() -> slots(engine)));
    GuardSettings.Asking asking = model.asking();
    return new GuardDesk(
        new Classifier(engine, asking.format(), asking.adapter()), turnstile, model.timeout());
  }

  private static int slots(Engine engine) {
    return Math.max(1, engine.load().slots());
  }

  private static StreamsSettings part(GuardSettings settings, String part) {
    StreamsSettings streams = settings.service().streams();
    return new StreamsSettings(
        streams.applicationId() + "-" + part,
        streams.bootstrapServers(),
        streams.stateDirectory(),
        streams.sizing(),
        streams.overrides());
  }
}
