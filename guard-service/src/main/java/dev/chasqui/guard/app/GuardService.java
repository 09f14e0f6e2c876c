package dev.chasqui.guard.app;

import dev.chasqui.engine.api.Engine;
import dev.chasqui.events.PolicyEvent;
import dev.chasqui.guard.classifier.Classifier;
import dev.chasqui.guard.classifier.PolicyReading;
import dev.chasqui.guard.publication.PolicyFeed;
import dev.chasqui.guard.publication.PolicyLedger;
import dev.chasqui.guard.scan.CodeScanner;
import dev.chasqui.guard.topology.GuardObserver;
import dev.chasqui.guard.topology.GuardSetup;
import dev.chasqui.guard.topology.input.InputTopology;
import dev.chasqui.guard.topology.judging.GuardDesk;
import dev.chasqui.guard.topology.output.OutputTopology;
import dev.chasqui.schemas.serde.EventSerdes;
import dev.chasqui.service.RunningService;
import dev.chasqui.service.ServiceSettings;
import dev.chasqui.stream.CommitPace;
import dev.chasqui.stream.StreamsRun;
import dev.chasqui.stream.StreamsSettings;
import dev.chasqui.stream.Turnstile;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Both topologies at work on one guard model, and the feed of policies that they ask; knows no
 * Spring. The topologies start when the feed has read what there is.
 */
public final class GuardService implements RunningService {

  private static final Logger log = LoggerFactory.getLogger(GuardService.class);
  private static final Map<String, KafkaStreams.State> NOT_STARTED =
      Map.of("input", KafkaStreams.State.CREATED, "output", KafkaStreams.State.CREATED);
  private static final Duration POLICIES_SOON = Duration.ofSeconds(10);

  private final GuardDesk desk;
  private final InputTopology input;
  private final OutputTopology output;
  private final PolicyFeed policies;
  private volatile Map<String, StreamsRun> runs = Map.of();
  private boolean closed;

  private GuardService(GuardSettings settings, Engine engine, GuardObserver observer) {
    GuardSettings.Rules rules = settings.rules();
    this.policies = feed(settings, observer);
    GuardSetup setup =
        new GuardSetup(
            settings.service().wire().topics(),
            rules.pools(),
            policies,
            new EventSerdes(settings.service().wire().serdes()),
            settings.service().streams().sizing().limit());
    this.desk = desk(settings, engine);
    this.input = new InputTopology(setup, desk, rules.retention(), observer);
    this.output =
        new OutputTopology(
            setup, desk, settings.model().tailTokens(), CodeScanner.builtIn(), observer);
  }

  /**
   * Starts; returns when policies were read and the model has read them, before the first partition
   * is assigned. Where Kafka does not give them soon, it returns before that, and the topologies
   * start when it does.
   *
   * @param settings how to run
   * @param engine the guard model; outlives this service
   * @param observer who watches
   * @return the running service, to be closed
   */
  public static GuardService start(GuardSettings settings, Engine engine, GuardObserver observer) {
    GuardService service = new GuardService(settings, engine, observer);
    try {
      service.policies.start();
      if (service.awaitPolicies()) {
        service.run(settings);
      } else {
        log.warn("policies not read within {}: prompts wait for them", POLICIES_SOON);
        service.policies.read().thenRun(() -> service.runLate(settings));
      }
    } catch (RuntimeException failure) {
      service.close();
      throw failure;
    }
    return service;
  }

  private boolean awaitPolicies() {
    try {
      policies.read().get(POLICIES_SOON.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException late) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } catch (ExecutionException e) {
      throw new IllegalStateException("reading policies never fails, it goes on", e);
    }
  }

  /** On the feed's thread, to which nobody listens. */
  private void runLate(GuardSettings settings) {
    try {
      run(settings);
    } catch (RuntimeException failure) {
      log.error("the topologies do not start; correct the cause and restart", failure);
    }
  }

  @Override
  public Map<String, KafkaStreams.State> states() {
    Map<String, KafkaStreams.State> states = new TreeMap<>(NOT_STARTED);
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
    policies.close();
    synchronized (this) {
      closed = true;
      runs.values().forEach(StreamsRun::close);
    }
    input.close();
    output.close();
  }

  private void readPolicies(GuardSettings settings) {
    Instant start = Instant.now();
    Duration atMost = settings.warmUp();
    if (new PolicyReading(desk.classifier(), policies.get()).read(atMost)) {
      log.info("policies read in {}", Duration.between(start, Instant.now()));
    } else {
      log.info("policies not read within {}: the first prompts wait for it", atMost);
    }
  }

  private synchronized void run(GuardSettings settings) {
    if (closed) {
      return;
    }
    readPolicies(settings);
    CommitPace inputPace = new CommitPace(settings.service().commitInterval());
    CommitPace outputPace = new CommitPace(settings.service().commitInterval());
    StreamsRun in = StreamsRun.start(input.build(inputPace), part(settings, "input"));
    runs = Map.of("input", in);
    StreamsRun out = StreamsRun.start(output.build(outputPace), part(settings, "output"));
    runs = Map.of("input", in, "output", out);
  }

  private static PolicyFeed feed(GuardSettings settings, GuardObserver observer) {
    ServiceSettings.Wire wire = settings.service().wire();
    StreamsConfig streams = new StreamsConfig(part(settings, "policies").properties());
    PolicyFeed.Source source =
        new PolicyFeed.Source(
            wire.topics().policies(),
            streams.getRestoreConsumerConfigs(settings.service().streams().applicationId()),
            new EventSerdes(wire.serdes()).decoder(PolicyEvent.class));
    PolicyLedger ledger =
        new PolicyLedger(settings.rules().policies(), settings.model().asking().format()::check);
    return new PolicyFeed(source, ledger, refusal -> observer.policyRefused(refusal.code()));
  }

  private static GuardDesk desk(GuardSettings settings, Engine engine) {
    GuardSettings.Model model = settings.model();
    Turnstile turnstile = new Turnstile(() -> model.maxJudgings().orElseGet(() -> slots(engine)));
    GuardSettings.Asking asking = model.asking();
    return new GuardDesk(
        new Classifier(engine, asking.format(), asking.adapter()),
        turnstile,
        model.timeout(),
        settings.rules().policyWait(),
        model.mostApart());
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
