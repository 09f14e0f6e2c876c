package dev.chasqui.cli.engine;

import dev.chasqui.cli.Surroundings;
import dev.chasqui.cli.json.JsonRows;
import dev.chasqui.engine.api.MarkedText;
import dev.chasqui.engine.api.TokenIds;
import dev.chasqui.engine.checkpoint.Checkpoints;
import dev.chasqui.engine.checkpoint.Vocabulary;
import dev.chasqui.engine.tokenize.Tokenizer;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ObjectNode;

/** Turns text into token ids. */
@Command(
    name = "tokenize",
    mixinStandardHelpOptions = true,
    description = "Turn text into token ids.")
final class TokenizeCommand implements Callable<Integer> {

  private final Surroundings surroundings;

  @Mixin private ModelOptions model;
  @Mixin private RowOptions rows;

  @Option(names = "--text", paramLabel = "TEXT", description = "The text.")
  private @Nullable String text;

  @Option(
      names = "--special",
      description = "Parse special tokens such as <|im_start|>; without it they are plain text.")
  private boolean special;

  @Option(names = "--bos", description = "Put the BOS token first, where the model has one.")
  private boolean bos;

  TokenizeCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws IOException {
    Inputs<String> inputs = rows.inputs(text, "--text TEXT");
    Vocabulary vocabulary = Checkpoints.vocabulary(model.locate(surroundings));
    Tokenizer tokenizer = Tokenizer.of(vocabulary);
    TokenIds first = bos ? beginOfText(vocabulary) : TokenIds.empty();
    switch (inputs) {
      case Inputs.One<String>(String input) -> print(first.plus(ids(tokenizer, input)));
      case Inputs.Rows<String> files ->
          files.map(row -> {
            TokenIds ids = first.plus(ids(tokenizer, row.text("text")));
            row.fields().set("tokens", JsonRows.array(ids));
          });
    }
    return 0;
  }

  private TokenIds ids(Tokenizer tokenizer, String input) {
    return tokenizer.encode(special ? MarkedText.scaffold(input) : MarkedText.user(input));
  }

  private static TokenIds beginOfText(Vocabulary vocabulary) {
    return vocabulary.special().beginOfText().stream()
        .mapToObj(TokenIds::of)
        .findFirst()
        .orElse(TokenIds.empty());
  }

  private void print(TokenIds ids) {
    ObjectNode fields = JsonRows.object();
    fields.set("tokens", JsonRows.array(ids));
    surroundings.terminal().println(rows.json() ? fields.toString() : TokenList.format(ids));
  }
}
