package dev.chasqui.cli.engine;

import dev.chasqui.cli.Surroundings;
import dev.chasqui.cli.json.JsonRows;
import dev.chasqui.engine.api.TokenIds;
import dev.chasqui.engine.runtime.LoadedModel;
import dev.chasqui.engine.runtime.PromptLogits;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ObjectNode;

/** Prints the logits of given tokens. */
@Command(
    name = "logits",
    mixinStandardHelpOptions = true,
    description = "Compute the logits after a list of tokens, and the best five tokens after each.")
final class LogitsCommand implements Callable<Integer> {

  private final Surroundings surroundings;

  @Mixin private ModelOptions model;
  @Mixin private ComputeOptions compute;
  @Mixin private RowOptions rows;

  @Option(
      names = "--tokens",
      paramLabel = "LIST",
      converter = TokenList.class,
      description = "Token ids, such as 1,2,3. No BOS is added.")
  private @Nullable TokenIds tokens;

  LogitsCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws IOException {
    switch (rows.inputs(tokens, "--tokens LIST")) {
      case Inputs.One<TokenIds>(TokenIds input) -> one(input);
      case Inputs.Rows<TokenIds> files -> rows(files);
    }
    return 0;
  }

  private void rows(Inputs.Rows<TokenIds> files) throws IOException {
    int longest =
        JsonRows.read(files.in()).stream()
            .mapToInt(row -> row.tokens("tokens").size())
            .max()
            .orElse(1);
    try (LoadedModel loaded = open(longest)) {
      files.map(row -> LogitsView.put(logits(loaded, row.tokens("tokens")), row.fields()));
    }
  }

  private void one(TokenIds input) {
    try (LoadedModel loaded = open(input.size())) {
      PromptLogits logits = logits(loaded, input);
      ObjectNode fields = JsonRows.object();
      LogitsView.put(logits, fields);
      surroundings.terminal().println(rows.json() ? fields.toString() : LogitsView.table(logits));
    }
  }

  private PromptLogits logits(LoadedModel loaded, TokenIds tokens) {
    return loaded.logits(tokens, compute.adapter());
  }

  private LoadedModel open(int longest) {
    return LoadedModel.open(
        compute.options(model.locate(surroundings)).withKvTokens(Math.max(2, longest)));
  }
}
