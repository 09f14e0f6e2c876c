package dev.chasqui.cli.policy;

import dev.chasqui.cli.Surroundings;
import dev.chasqui.cli.kafka.Connection;
import dev.chasqui.cli.kafka.ConnectionOptions;
import dev.chasqui.guard.policy.Policy;
import dev.chasqui.guard.policy.PolicySource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Shows a version. */
@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    description = {
      "Print a version as a policy file, to edit and publish as the next one.",
      "Comments at its head say for whose new prompts it holds."
    })
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
    PolicyBoard board = PolicyBoard.read(kafka);
    Policy policy = board.require(version);
    surroundings.terminal().println(head(board, policy));
    surroundings.terminal().println(PolicySource.text(policy).stripTrailing());
    return 0;
  }

  private static String head(PolicyBoard board, Policy policy) {
    List<String> whom = new ArrayList<>();
    if (board.isActive(policy)) {
      whom.add("everyone");
    }
    board.tenants(policy).forEach(tenant -> whom.add("tenant " + tenant));
    String holds = whom.isEmpty() ? "nobody" : String.join(", ", whom);
    return "# %s, hash %s%n# holds for new prompts of: %s"
        .formatted(policy.key(), policy.key().hash(), holds);
  }
}
