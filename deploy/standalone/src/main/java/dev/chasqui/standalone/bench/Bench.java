package dev.chasqui.standalone.bench;

import dev.chasqui.cli.fetch.ModelStore;
import dev.chasqui.cli.terminal.Terminal;
import dev.chasqui.standalone.Standalone;
import dev.chasqui.standalone.StandaloneSettings;
import dev.chasqui.standalone.broker.LoopbackPorts;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;

/**
 * What every measurement works with.
 *
 * @param workplace where things are stored
 * @param terminal where the tables go
 * @param models where models come from
 */
record Bench(Workplace workplace, Terminal terminal, ModelStore models) {

  /** Starts everything on an empty folder; the caller closes it. */
  Standalone start(ModelOption model) {
    Path path = model.locate(models);
    return Standalone.start(
        new StandaloneSettings(
            workplace.fresh("standalone"),
            new StandaloneSettings.Ports(LoopbackPorts.anyFree(), LoopbackPorts.anyFree()),
            path,
            new StandaloneSettings.ModelGuard(path, "open", Optional.of(workplace.openPolicy())),
            model.backend()),
        terminal);
  }

  /** Says what was measured, when, and how busy the machine was. */
  void heading(String what) {
    var system = ManagementFactory.getOperatingSystemMXBean();
    say(
        "%s%n%s, Java %s, %d CPUs, load %.1f",
        what,
        Instant.now().truncatedTo(ChronoUnit.SECONDS),
        Runtime.version().feature(),
        system.getAvailableProcessors(),
        system.getSystemLoadAverage());
  }

  void say(String format, Object... values) {
    terminal.println(String.format(Locale.ROOT, format, values));
  }
}
