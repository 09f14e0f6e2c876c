package dev.chasqui.cli.engine;

import dev.chasqui.cli.CommandException;
import dev.chasqui.cli.Surroundings;
import dev.chasqui.cli.json.JsonRows;
import dev.chasqui.engine.api.TokenIds;
import dev.chasqui.engine.checkpoint.Checkpoints;
import dev.chasqui.engine.tokenize.Tokenizer;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Turns token ids into text. */
@Command(
    name = "detokenize",
    mixinStandardHelpOptions = true,
    description = "Turn token ids into text.")
final class DetokenizeCommand implements Callable<Integer> {

  private final Surroundings surroundings;

  @Mixin private ModelOptions model;
  @Mixin private RowOptions rows;

  @Option(
      names = "--tokens",
      paramLabel = "LIST",
      converter = TokenList.class,
      description = "Token ids, such as 1,2,3.")
  private @Nullable TokenIds tokens;

  DetokenizeCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws IOException {
    Inputs<TokenIds> inputs = rows.inputs(tokens, "--tokens LIST");
    Tokenizer tokenizer = Tokenizer.of(Checkpoints.vocabulary(model.locate(surroundings)));
    switch (inputs) {
      case Inputs.One<TokenIds>(TokenIds input) -> print(text(tokenizer, input));
      case Inputs.Rows<TokenIds> files ->
          files.map(row -> row.fields().put("text", text(tokenizer, row.tokens("tokens"))));
    }
    return 0;
  }

  private static String text(Tokenizer tokenizer, TokenIds ids) {
    ids.stream()
        .filter(id -> id >= tokenizer.vocabularySize())
        .findFirst()
        .ifPresent(id -> {
          throw new CommandException(
              "token id %d is not in the vocabulary of %d tokens."
                  .formatted(id, tokenizer.vocabularySize()));
        });
    return tokenizer.decode(ids);
  }

  private void print(String text) {
    String line = rows.json() ? JsonRows.object().put("text", text).toString() : text;
    surroundings.terminal().println(line);
  }
}
