package dev.chasqui.cli.policy;

import dev.chasqui.cli.Surroundings;
import dev.chasqui.cli.kafka.Connection;
import dev.chasqui.cli.kafka.ConnectionOptions;
import dev.chasqui.guard.policy.Policy;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes a version the active one. */
@Command(
    name = "activate",
    mixinStandardHelpOptions = true,
    description = {
      "Make a published version the one that new prompts get; an earlier one, too.",
      "With --tenant it holds for that tenant alone, in place of what everyone gets: for prompts"
          + " that name no policy, or this one."
    })
final class ActivateCommand implements Callable<Integer> {

  private final Surroundings surroundings;

  @Mixin private ConnectionOptions connection;

  @Parameters(paramLabel = "ID@VERSION", arity = "1", description = "The version.")
  private String version = "";

  @Option(
      names = "--tenant",
      paramLabel = "TENANT",
      description = "Only for new prompts of this tenant.")
  private @Nullable String tenant;

  ActivateCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws IOException {
    Connection kafka = connection.connection(surroundings);
    kafka.requireKafka();
    PolicyBoard board = PolicyBoard.read(kafka);
    Policy policy = board.require(version);
    if (tenant == null) {
      Optional<Policy> before = board.active(policy.id());
      board.activate(policy);
      say(policy, "new prompts", before);
    } else {
      Optional<Policy> before = board.ofTenant(tenant);
      board.activate(policy, tenant);
      say(policy, "new prompts of tenant " + tenant, before);
    }
    return 0;
  }

  private void say(Policy policy, String whom, Optional<Policy> before) {
    surroundings
        .terminal()
        .println(
            "%s holds for %s, before it %s"
                .formatted(
                    policy.key(), whom, before.map(each -> each.key().toString()).orElse("none")));
  }
}
