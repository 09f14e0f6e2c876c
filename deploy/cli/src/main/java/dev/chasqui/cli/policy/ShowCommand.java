package dev.chasqui.cli.policy;

import dev.chasqui.cli.Surroundings;
import dev.chasqui.cli.kafka.Connection;
import dev.chasqui.cli.kafka.ConnectionOptions;
import dev.chasqui.guard.policy.PolicySource;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Shows a version. */
@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    description = "Print a version as a policy file, to edit and publish as the next one.")
final class ShowCommand implements Callable<Integer> {

  private final Surroundings surroundings;

  @Mixin private ConnectionOptions connection;

  @Parameters(
      paramLabel = "ID[@VERSION]",
      arity = "1",
      description = "The version; without a number the active one.")
  private String version = "";

  ShowCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws IOException {
    Connection kafka = connection.connection(surroundings);
    kafka.requireKafka();
    String text = PolicySource.text(PolicyBoard.read(kafka).require(version));
    surroundings.terminal().println(text.stripTrailing());
    return 0;
  }
}
