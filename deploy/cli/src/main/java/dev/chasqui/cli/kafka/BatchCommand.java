package dev.chasqui.cli.kafka;

import dev.chasqui.cli.Surroundings;
import dev.chasqui.cli.json.JsonRows;
import dev.chasqui.events.ResponseType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Submits a file of prompts and collects the answers. */
@Command(
    name = "batch",
    mixinStandardHelpOptions = true,
    description = {
      "Submit all rows of a file, wait for their answers and write the rows with them.",
      "Interrupted? Run the same command again: it goes on where it stopped, and no row is",
      "answered twice.",
      "Exit code 0: every row finished; 1: some were rejected or failed, as their status says."
    })
public final class BatchCommand implements Callable<Integer> {

  private final Surroundings surroundings;

  @Mixin private ConnectionOptions connection;
  @Mixin private PromptOptions options;

  @Parameters(
      index = "0",
      paramLabel = "IN.jsonl",
      description = "Rows with chat, prompt (raw text) or messages ([{role, content}]).")
  private Path in = Path.of("");

  @Parameters(
      index = "1",
      paramLabel = "OUT.jsonl",
      description = "The same rows in order, with status, text, tokens and so on.")
  private Path out = Path.of("");

  @Option(names = "--json", description = "One JSON object with the counts at the end.")
  private boolean json;

  BatchCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws IOException {
    Connection kafka = connection.connection(surroundings);
    kafka.requireKafka();
    List<JsonRows.Row> rows = JsonRows.read(in);
    BatchRun run = BatchRun.resumeOrBegin(kafka, in, out);
    List<BatchRun.Item> items =
        BatchPrompts.of(
            rows, run, (id, time) -> options.prompt(id, time, surroundings.environment()));
    Map<String, Reply> replies;
    try (Batch batch = new Batch(kafka, run, surroundings.terminal())) {
      replies = batch.run(items);
    }
    JsonRows.write(
        out,
        sink -> {
          for (BatchRun.Item item : items) {
            item.row().fields().setAll(ReplyJson.of(replies.get(item.requestId())));
            sink.write(item.row().fields());
          }
        });
    run.forget();
    return report(items.size(), replies);
  }

  private int report(int rows, Map<String, Reply> replies) {
    long finished =
        replies.values().stream()
            .filter(reply -> reply.end().orElseThrow().getType() == ResponseType.FINISHED)
            .count();
    surroundings
        .terminal()
        .println(
            json
                ? JsonRows.object().put("rows", rows).put("finished", finished).toString()
                : "%d of %d rows finished; answers are in %s".formatted(finished, rows, out));
    return finished == rows ? 0 : 1;
  }
}
