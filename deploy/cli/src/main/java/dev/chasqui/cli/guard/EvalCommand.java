package dev.chasqui.cli.guard;

import dev.chasqui.cli.CommandException;
import dev.chasqui.cli.Surroundings;
import dev.chasqui.cli.json.JsonRows;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Measures a guard on rows with labels. */
@Command(
    name = "eval",
    mixinStandardHelpOptions = true,
    description = {
      "Print AUPRC, F1, false positives and recall of rows with a label (safe or unsafe), in all,"
          + " by source and by category, with 95 %% intervals.",
      "What the guard could not decide counts as unsafe, as it is stopped.",
      "Rows that all have a language and cwe are code: no guard is asked, the code scan is"
          + " measured, by language and CWE. Its precision is a lower bound: a piece is labelled"
          + " with one weakness and may hold others."
    })
final class EvalCommand implements Callable<Integer> {

  private final Surroundings surroundings;

  @Mixin private GuardOptions guard;

  @Option(
      names = "--in",
      paramLabel = "FILE",
      required = true,
      description =
          "JSON rows: text, label, and for an answer response; source, categories; for code"
              + " language, cwe.")
  private Path in = Path.of("");

  @Option(
      names = "--sample",
      paramLabel = "N",
      description = "Take so many rows at random, the same each time. Default: all.")
  private @Nullable Integer sample;

  @Option(names = "--json", description = "One JSON object on standard output.")
  private boolean json;

  EvalCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws IOException {
    List<JsonRows.Row> rows = sampled(JsonRows.read(in));
    if (CodeEvaluation.isCode(rows)) {
      report(CodeEvaluation.of(rows));
      return 0;
    }
    Judge.check(rows);
    rows.forEach(EvalCommand::isUnsafe);
    try (Judge judge = guard.open(surroundings)) {
      long start = System.nanoTime();
      List<Labelled> labelled = new ArrayList<>();
      judge.judge(
          rows, (row, verdict) -> labelled.add(labelled(row, Judge.score(verdict).orElse(1.0))));
      double seconds = (System.nanoTime() - start) / 1e9;
      report(judge, new Evaluation(labelled, judge.policy().thresholds().unsafe()), seconds, rows);
    }
    return 0;
  }

  private void report(CodeEvaluation evaluation) {
    if (json) {
      ObjectNode fields = JsonRows.object();
      evaluation.putInto(fields);
      surroundings.terminal().println(fields.toString());
    } else {
      surroundings.terminal().print(evaluation.table());
    }
  }

  private void report(Judge judge, Evaluation evaluation, double seconds, List<JsonRows.Row> rows) {
    if (json) {
      ObjectNode fields = JsonRows.object().put("guard", judge.describe());
      evaluation.putInto(fields);
      surroundings.terminal().println(fields.toString());
      return;
    }
    surroundings
        .terminal()
        .println(
            "%s: %d rows in %.0f s, %.1f verdicts/s"
                .formatted(judge.describe(), rows.size(), seconds, rows.size() / seconds));
    surroundings.terminal().println("");
    surroundings.terminal().print(evaluation.table());
  }

  private List<JsonRows.Row> sampled(List<JsonRows.Row> rows) {
    if (sample == null || sample >= rows.size()) {
      return rows;
    }
    if (sample < 1) {
      throw new CommandException("--sample is %d: it must be at least 1.".formatted(sample));
    }
    List<JsonRows.Row> shuffled = new ArrayList<>(rows);
    Collections.shuffle(shuffled, new Random(1));
    return shuffled.subList(0, sample);
  }

  private static Labelled labelled(JsonRows.Row row, double score) {
    List<String> categories = new ArrayList<>();
    if (row.fields().get("categories") instanceof JsonNode list) {
      list.valueStream().forEach(category -> categories.add(category.asString()));
    }
    String source =
        Optional.ofNullable(row.fields().get("source")).map(JsonNode::asString).orElse("");
    return new Labelled(isUnsafe(row), score, source, categories);
  }

  static boolean isUnsafe(JsonRows.Row row) {
    return switch (row.text("label")) {
      case "unsafe" -> true;
      case "safe" -> false;
      default -> throw row.wrong("label", "safe or unsafe");
    };
  }
}
