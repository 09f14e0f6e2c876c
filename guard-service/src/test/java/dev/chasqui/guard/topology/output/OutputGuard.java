package dev.chasqui.guard.topology.output;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.events.GenerationEvent;
import dev.chasqui.events.GenerationStarted;
import dev.chasqui.events.ReleaseMode;
import dev.chasqui.guard.policy.Policies;
import dev.chasqui.guard.scan.CodeScanner;
import dev.chasqui.guard.topology.GuardDriver;
import dev.chasqui.guard.topology.GuardObserver;
import dev.chasqui.schemas.topics.TopicRole;
import dev.chasqui.stream.CommitPace;
import dev.chasqui.stream.Reopenable;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The output topology under test. */
final class OutputGuard implements AutoCloseable {

  static final Policies POLICIES = GuardDriver.policies();
  private static final CodeScanner SCANNER = CodeScanner.builtIn();
  private static final int TAIL = 64;

  final GuardDriver driver;
  private final Policies policies;
  private final OutputTopology topology;

  OutputGuard(Path directory) {
    this(directory, POLICIES);
  }

  OutputGuard(Path directory, Policies policies) {
    this(directory, policies, GuardObserver.NONE);
  }

  OutputGuard(Path directory, Policies policies, GuardObserver observer) {
    this.policies = policies;
    driver = new GuardDriver(directory, policies, 4);
    topology = new OutputTopology(driver.setup, driver.desk, TAIL, SCANNER, observer);
    driver.start(
        topology.build(new CommitPace(Duration.ofMillis(50)), Reopenable::of),
        TopicRole.GENERATIONS);
  }

  Policies policies() {
    return policies;
  }

  GenerationStarted.Builder start(ReleaseMode mode) {
    return Generations.start(POLICIES, "shop", mode);
  }

  void begin(String id, ReleaseMode mode) {
    begin(id, start(mode).build());
  }

  void begin(String id, GenerationStarted started) {
    send(Generations.started(id, started));
  }

  void send(GenerationEvent... events) {
    for (GenerationEvent event : events) {
      driver.pipe(TopicRole.GENERATIONS, event.getRequestId(), event);
    }
  }

  int releasedTokens() {
    return driver.responses().stream()
        .mapToInt(response -> response.getTokens().getTokenIds().size())
        .sum();
  }

  void assertNothingStored() {
    for (String store : List.of("conversations", "answers", "answer-tokens", "ends")) {
      assertThat(driver.stored(store)).as(store).isZero();
    }
  }

  @Override
  public void close() {
    driver.close();
    topology.close();
  }
}
