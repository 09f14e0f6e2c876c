package dev.chasqui.cli.policy;

import dev.chasqui.cli.Surroundings;
import dev.chasqui.cli.kafka.Connection;
import dev.chasqui.cli.kafka.ConnectionOptions;
import dev.chasqui.guard.policy.Policy;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Makes a version the active one. */
@Command(
    name = "activate",
    mixinStandardHelpOptions = true,
    description = "Make a published version the one that new prompts get; an earlier one, too.")
final class ActivateCommand implements Callable<Integer> {

  private final Surroundings surroundings;

  @Mixin private ConnectionOptions connection;

  @Parameters(paramLabel = "ID@VERSION", arity = "1", description = "The version.")
  private String version = "";

  ActivateCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws IOException {
    Connection kafka = connection.connection(surroundings);
    kafka.requireKafka();
    PolicyBoard board = PolicyBoard.read(kafka);
    Policy policy = board.require(version);
    Optional<Policy> before = board.active(policy.id());
    board.activate(policy);
    surroundings
        .terminal()
        .println(
            "%s holds for new prompts, before it %s"
                .formatted(policy.key(), before.map(each -> each.key().toString()).orElse("none")));
    return 0;
  }
}
