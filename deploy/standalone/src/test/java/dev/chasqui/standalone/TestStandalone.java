package dev.chasqui.standalone;

import dev.chasqui.cli.terminal.Terminal;
import dev.chasqui.standalone.broker.LoopbackPorts;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Standalones for tests: free ports, scalar backend. */
final class TestStandalone {

  private TestStandalone() {}

  static StandaloneSettings settings(Path directory, Path model) {
    return new StandaloneSettings(
        directory,
        new StandaloneSettings.Ports(LoopbackPorts.anyFree(), LoopbackPorts.anyFree()),
        model,
        Optional.empty(),
        "scalar");
  }

  static Phases phases() {
    return new Phases(Terminal.of(Map.of(), Map.of()), Phases.Where.ERROR);
  }
}
