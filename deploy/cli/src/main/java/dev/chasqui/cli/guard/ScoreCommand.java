package dev.chasqui.cli.guard;

import dev.chasqui.cli.Surroundings;
import dev.chasqui.cli.json.JsonRows;
import dev.chasqui.guard.verdict.Verdict;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Scores rows. */
@Command(
    name = "score",
    mixinStandardHelpOptions = true,
    description = {
      "Put unsafe_score and categories into rows of text, role (user or assistant) and response.",
      "Where the guard was asked for its categories (see category-scores in policies), a field"
          + " category_scores has the part of the score that each of them holds.",
      "What the guard could not decide has a field undecided, and no score where there is none."
    })
final class ScoreCommand implements Callable<Integer> {

  private final Surroundings surroundings;

  @Mixin private GuardOptions guard;

  @Option(
      names = "--in",
      paramLabel = "FILE",
      required = true,
      description = "JSON rows: text, and for an answer response.")
  private Path in = Path.of("");

  @Option(
      names = "--out",
      paramLabel = "FILE",
      required = true,
      description = "Where the rows go, in order.")
  private Path out = Path.of("");

  ScoreCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws IOException {
    List<JsonRows.Row> rows = JsonRows.read(in);
    Judge.check(rows);
    try (Judge judge = guard.open(surroundings)) {
      JsonRows.write(
          out,
          sink ->
              judge.judge(
                  rows,
                  (row, verdict) -> {
                    put(row.fields(), verdict);
                    sink.write(row.fields());
                  }));
    }
    return 0;
  }

  private static void put(ObjectNode fields, Verdict verdict) {
    Judge.score(verdict)
        .ifPresentOrElse(
            score -> fields.put("unsafe_score", score), () -> fields.putNull("unsafe_score"));
    Map<String, Double> ofCategories = Judge.categoryScores(verdict);
    if (!ofCategories.isEmpty()) {
      ObjectNode scores = fields.putObject("category_scores");
      ofCategories.forEach(scores::put);
    }
    ArrayNode categories = fields.putArray("categories");
    switch (verdict) {
      case Verdict.Safe _ -> {}
      case Verdict.Review review -> review.categories().forEach(categories::add);
      case Verdict.Unsafe unsafe -> unsafe.categories().forEach(categories::add);
      case Verdict.Undecided undecided -> fields.put("undecided", undecided.reason());
    }
  }
}
