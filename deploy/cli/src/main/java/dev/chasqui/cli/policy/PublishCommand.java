package dev.chasqui.cli.policy;

import dev.chasqui.cli.CommandException;
import dev.chasqui.cli.Surroundings;
import dev.chasqui.cli.kafka.Connection;
import dev.chasqui.cli.kafka.ConnectionOptions;
import dev.chasqui.guard.policy.Policy;
import dev.chasqui.guard.policy.PolicySource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Publishes a version. */
@Command(
    name = "publish",
    mixinStandardHelpOptions = true,
    description = {
      "Publish the version of a policy that a file holds; it stays for good.",
      "It holds for new prompts when it is activated, or at once where it is the highest version of"
          + " a policy of which none was activated."
    })
final class PublishCommand implements Callable<Integer> {

  private final Surroundings surroundings;

  @Mixin private ConnectionOptions connection;

  @Parameters(paramLabel = "FILE", arity = "1", description = "The policy file.")
  private Path file = Path.of("");

  @Option(names = "--activate", description = "Make it the active version, too.")
  private boolean activate;

  PublishCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws IOException {
    Policy policy = PolicySource.read(file);
    Connection kafka = connection.connection(surroundings);
    kafka.requireKafka();
    PolicyBoard board = PolicyBoard.read(kafka);
    Optional<Policy> before = board.find(policy.id(), policy.version());
    if (before.filter(other -> !other.equals(policy)).isPresent()) {
      throw new CommandException(
          "%s is there already with other content, and versions never change: give the file version %d."
              .formatted(policy.key(), 1 + highest(board, policy)));
    }
    if (before.isEmpty()) {
      board.publish(policy);
    }
    if (activate) {
      board.activate(policy);
    }
    say(policy, PolicyBoard.read(kafka), before.isPresent());
    return 0;
  }

  private void say(Policy policy, PolicyBoard now, boolean wasThere) {
    String holds =
        now.active(policy.id())
            .map(active ->
                active.equals(policy)
                    ? "it holds for new prompts"
                    : "%s still holds for new prompts".formatted(active.key()))
            .orElse("no version holds");
    surroundings
        .terminal()
        .println(
            "%s %s (%s); %s"
                .formatted(
                    policy.key(),
                    wasThere ? "was there already" : "published",
                    policy.key().hash(),
                    holds));
  }

  private static int highest(PolicyBoard board, Policy policy) {
    return board.all().stream()
        .filter(each -> each.id().equals(policy.id()))
        .mapToInt(Policy::version)
        .max()
        .orElse(0);
  }
}
