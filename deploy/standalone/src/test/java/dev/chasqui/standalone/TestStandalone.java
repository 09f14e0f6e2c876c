package dev.chasqui.standalone;

import dev.chasqui.cli.terminal.Terminal;
import dev.chasqui.standalone.broker.LoopbackPorts;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Standalones for tests: free ports, the guard is the model that answers, and since it is none,
 * what it cannot decide passes.
 */
final class TestStandalone {

  private TestStandalone() {}

  static StandaloneSettings settings(Path directory, Path model) {
    return settings(directory, model, "scalar");
  }

  static StandaloneSettings settings(Path directory, Path model, String backend) {
    StandaloneSettings.Guard guard =
        new StandaloneSettings.ModelGuard(model, "open", Optional.of(policies()));
    return new StandaloneSettings(
        directory,
        new StandaloneSettings.Ports(LoopbackPorts.anyFree(), LoopbackPorts.anyFree()),
        model,
        guard,
        backend);
  }

  /** Returns the folder of policy {@code open}. */
  static Path policies() {
    try {
      return Path.of(TestStandalone.class.getResource("/policies/open.policy").toURI()).getParent();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  static Phases phases() {
    return new Phases(Terminal.of(Map.of(), Map.of()), Phases.Where.ERROR);
  }
}
