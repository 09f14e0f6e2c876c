package dev.chasqui.cli.guard;

import dev.chasqui.cli.Surroundings;
import dev.chasqui.cli.json.JsonRows;
import dev.chasqui.cli.kafka.Connection;
import dev.chasqui.cli.kafka.ConnectionOptions;
import dev.chasqui.cli.policy.PolicyBoard;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Judges again what Kafka retains. */
@Command(
    name = "rejudge",
    mixinStandardHelpOptions = true,
    description = {
      "Judge retained prompts and answers again under --policy, with a guard in this process, and"
          + " print which verdicts would change and why. Nothing is written to Kafka.",
      "The policy is a file, or a version that is built in or published on the topic of policies.",
      "An answer is judged at the ends of the windows that have a verdict, and its code is scanned"
          + " as the policy says; what was never generated because it was stopped cannot be. What"
          + " policies said that only watched is left out."
    })
final class RejudgeCommand implements Callable<Integer> {

  private final Surroundings surroundings;

  @Mixin private ConnectionOptions connection;
  @Mixin private GuardOptions guard;

  @Option(
      names = "--from",
      paramLabel = "TIME",
      required = true,
      description = "Prompts and answers from then on: 2026-11-24, or 2026-11-24T09:30:00Z.")
  private String from = "";

  @Option(names = "--to", paramLabel = "TIME", required = true, description = "And before then.")
  private String to = "";

  @Option(names = "--json", description = "One JSON object on standard output.")
  private boolean json;

  RejudgeCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws IOException {
    TimeSpan span = TimeSpan.of(from, to);
    Connection kafka = connection.connection(surroundings);
    kafka.requireKafka();
    try (Judge judge = guard.open(surroundings, name -> PolicyBoard.read(kafka).require(name))) {
      ObjectNode report = JsonRows.object();
      ArrayNode changes = report.putArray("changes");
      Replay replay = new Replay(kafka, span, judge.policy().codeScan());
      Rejudging rejudging =
          new Rejudging(
              judge,
              change -> {
                if (json) {
                  change.putInto(changes.addObject());
                } else {
                  surroundings.terminal().println(change.line());
                }
              });
      replay.run(rejudging::add);
      rejudging.finish();
      summarize(judge, rejudging, report);
    }
    return 0;
  }

  private void summarize(Judge judge, Rejudging rejudging, ObjectNode report) {
    int changed = rejudging.counts().values().stream().mapToInt(Integer::intValue).sum();
    if (json) {
      report
          .put("guard", judge.describe())
          .put("policy", judge.policy().key().toString())
          .put("judged", rejudging.judged())
          .put("changed", changed)
          .put("changedByCodeScan", rejudging.changedByCodeScan());
      ObjectNode counts = report.putObject("counts");
      rejudging.counts().forEach(counts::put);
      surroundings.terminal().println(report.toString());
      return;
    }
    surroundings
        .terminal()
        .println(
            "%s: of %d verdicts %d would change, %d of them for insecure code"
                .formatted(
                    judge.describe(), rejudging.judged(), changed, rejudging.changedByCodeScan()));
    rejudging
        .counts()
        .forEach(
            (kind, count) -> surroundings.terminal().println("  %6d %s".formatted(count, kind)));
  }
}
