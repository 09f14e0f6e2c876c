package dev.chasqui.cli.policy;

import dev.chasqui.cli.CommandException;
import dev.chasqui.cli.Surroundings;
import dev.chasqui.cli.kafka.Connection;
import dev.chasqui.cli.kafka.ConnectionOptions;
import dev.chasqui.guard.policy.Policy;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Takes a tenant's own version from it. */
@Command(
    name = "deactivate",
    mixinStandardHelpOptions = true,
    description = "Give new prompts of a tenant what everyone gets, in place of its own version.")
final class DeactivateCommand implements Callable<Integer> {

  private final Surroundings surroundings;

  @Mixin private ConnectionOptions connection;

  @Option(names = "--tenant", paramLabel = "TENANT", required = true, description = "The tenant.")
  private String tenant = "";

  DeactivateCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws IOException {
    Connection kafka = connection.connection(surroundings);
    kafka.requireKafka();
    PolicyBoard board = PolicyBoard.read(kafka);
    Policy before =
        board
            .ofTenant(tenant)
            .orElseThrow(() ->
                new CommandException(
                    "tenant %s has no version of its own: there is nothing to deactivate. See chasqui policy list."
                        .formatted(tenant)));
    board.deactivate(tenant);
    surroundings
        .terminal()
        .println(
            "new prompts of tenant %s get what everyone gets, before it %s"
                .formatted(tenant, before.key()));
    return 0;
  }
}
