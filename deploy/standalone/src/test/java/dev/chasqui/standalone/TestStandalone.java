package dev.chasqui.standalone;

import dev.chasqui.cli.terminal.Terminal;
import dev.chasqui.standalone.broker.LoopbackPorts;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Standalones for tests: free ports, the guard is the model that answers. */
final class TestStandalone {

  private TestStandalone() {}

  static StandaloneSettings settings(Path directory, Path model) {
    return settings(directory, model, "scalar");
  }

  static StandaloneSettings settings(Path directory, Path model, String backend) {
    return new StandaloneSettings(
        directory,
        new StandaloneSettings.Ports(LoopbackPorts.anyFree(), LoopbackPorts.anyFree()),
        model,
        Optional.empty(),
        backend);
  }

  static Phases phases() {
    return new Phases(Terminal.of(Map.of(), Map.of()), Phases.Where.ERROR);
  }
}
