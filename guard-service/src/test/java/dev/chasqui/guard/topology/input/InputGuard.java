package dev.chasqui.guard.topology.input;

import dev.chasqui.guard.policy.Policies;
import dev.chasqui.guard.topology.GuardDriver;
import dev.chasqui.guard.topology.GuardObserver;
import dev.chasqui.schemas.topics.TopicRole;
import dev.chasqui.stream.CommitPace;
import dev.chasqui.stream.Reopenable;
import java.nio.file.Path;
import java.time.Duration;

/** The input topology under test. */
public final class InputGuard implements AutoCloseable {

  /** What it runs in. */
  public final GuardDriver driver;

  private final InputTopology topology;

  /**
   * Starts it.
   *
   * @param directory for registry and state
   * @param policies the policies
   */
  public InputGuard(Path directory, Policies policies) {
    driver = new GuardDriver(directory, policies, 4);
    topology = new InputTopology(driver.setup, driver.desk, Retention.DEFAULT, GuardObserver.NONE);
    driver.start(
        topology.build(new CommitPace(Duration.ofMillis(50)), Reopenable::of), TopicRole.PROMPTS);
  }

  @Override
  public void close() {
    driver.close();
    topology.close();
  }
}
