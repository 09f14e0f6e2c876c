package dev.chasqui.cli.policy;

import dev.chasqui.cli.Surroundings;
import dev.chasqui.cli.kafka.Connection;
import dev.chasqui.cli.kafka.ConnectionOptions;
import dev.chasqui.guard.policy.Policy;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Lists versions. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description = {
      "List all versions of all policies that are built in or published; a star marks those that"
          + " new prompts get, and tenants that have a version of their own are named behind it.",
      "Files that a guard read at its start are not seen from here."
    })
final class ListCommand implements Callable<Integer> {

  private static final JsonMapper JSON = new JsonMapper();
  private static final int SHORT_HASH = 12;

  private final Surroundings surroundings;

  @Mixin private ConnectionOptions connection;

  @Option(names = "--json", description = "One JSON object a version.")
  private boolean json;

  ListCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws IOException {
    Connection kafka = connection.connection(surroundings);
    kafka.requireKafka();
    PolicyBoard board = PolicyBoard.read(kafka);
    board
        .all()
        .forEach(policy ->
            surroundings.terminal().println(json ? object(board, policy) : line(board, policy)));
    return 0;
  }

  private static String line(PolicyBoard board, Policy policy) {
    List<String> tenants = board.tenants(policy);
    return "%s %-24s %s  %s%s"
        .formatted(
            board.isActive(policy) ? "*" : " ",
            policy.key(),
            policy.key().hash().substring(0, SHORT_HASH),
            board.published(policy).map(Instant::toString).orElse("built in"),
            tenants.isEmpty() ? "" : "  for " + String.join(", ", tenants));
  }

  private static String object(PolicyBoard board, Policy policy) {
    ObjectNode object = JSON.createObjectNode();
    object.put("policyId", policy.id());
    object.put("version", policy.version());
    object.put("hash", policy.key().hash());
    object.put("active", board.isActive(policy));
    ArrayNode tenants = object.putArray("tenants");
    board.tenants(policy).forEach(tenants::add);
    ArrayNode languages = object.putArray("languages");
    policy.languages().forEach(languages::add);
    board.published(policy).ifPresent(time -> object.put("published", time.toString()));
    return object.toString();
  }
}
