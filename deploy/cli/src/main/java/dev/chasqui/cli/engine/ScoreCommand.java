package dev.chasqui.cli.engine;

import dev.chasqui.cli.Surroundings;
import dev.chasqui.cli.json.JsonRows;
import dev.chasqui.engine.api.Prompt;
import dev.chasqui.engine.runtime.LoadedModel;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Scores texts with a classifier head. */
@Command(
    name = "score",
    mixinStandardHelpOptions = true,
    description = {
      "Score texts with a reward or classifier model (LlamaForSequenceClassification).",
      "One number for each of its labels, as the model gives them."
    })
final class ScoreCommand implements Callable<Integer> {

  private final Surroundings surroundings;

  @Mixin private ModelOptions model;
  @Mixin private ComputeOptions compute;
  @Mixin private RowOptions rows;

  @ArgGroup private @Nullable PromptSource source;

  ScoreCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws IOException {
    Prompt single = source == null ? null : source.prompt();
    Inputs<Prompt> inputs = rows.inputs(single, "one of --tokens, --prompt and --chat");
    try (LoadedModel loaded = LoadedModel.open(compute.options(model.locate(surroundings)))) {
      switch (inputs) {
        case Inputs.One<Prompt>(Prompt prompt) -> print(loaded.classify(prompt));
        case Inputs.Rows<Prompt> files ->
            files.map(row -> put(loaded.classify(PromptSource.of(row)), row.fields()));
      }
    }
    return 0;
  }

  private static void put(float[] scores, ObjectNode fields) {
    ArrayNode array = fields.putArray("scores");
    for (float score : scores) {
      array.add(score);
    }
  }

  private void print(float[] scores) {
    ObjectNode fields = JsonRows.object();
    put(scores, fields);
    String values = fields.get("scores").toString();
    surroundings
        .terminal()
        .println(rows.json() ? fields.toString() : values.substring(1, values.length() - 1));
  }
}
