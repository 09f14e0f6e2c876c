package dev.chasqui.cli.engine;

import dev.chasqui.cli.CommandException;
import dev.chasqui.engine.api.AnswerShape;
import dev.chasqui.engine.api.ResponseFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** What prompts and answers look like. */
final class ShapeOptions {

  @Option(
      names = "--chat-template",
      paramLabel = "NAME|FILE",
      description =
          "A built-in chat template (llama2-chat, llama3, llama3.1, llama3.2, llama3.3, chatml,"
              + " vicuna, alpaca, codellama-instruct, llama-guard-1, -2, -3) or a Jinja file."
              + " Default: the checkpoint's own, else the built-in one that fits.")
  private @Nullable String chatTemplate;

  @ArgGroup private @Nullable Format format;

  @Option(
      names = "--logprobs",
      paramLabel = "K",
      description = "With --json and --in: log-probabilities of the tokens and of the K best ones.")
  private @Nullable Integer logprobs;

  /** What shape an answer has. */
  static final class Format {

    @Option(
        names = "--json-schema",
        paramLabel = "FILE",
        description = "A JSON schema: the answer is JSON that it admits.")
    private @Nullable Path schema;

    @Option(
        names = "--grammar",
        paramLabel = "FILE",
        description = "A grammar in GBNF: the answer is a text of it.")
    private @Nullable Path grammar;

    ResponseFormat format() {
      return schema != null
          ? new ResponseFormat.JsonSchema(text(schema))
          : new ResponseFormat.Grammar(text(Objects.requireNonNull(grammar)));
    }

    private static String text(Path file) {
      try {
        return Files.readString(file);
      } catch (IOException e) {
        throw new CommandException("%s cannot be read: %s".formatted(file, e), e);
      }
    }
  }

  AnswerShape shape() {
    return new AnswerShape(
        format == null ? ResponseFormat.TEXT : format.format(),
        logprobs == null ? OptionalInt.empty() : OptionalInt.of(logprobs));
  }

  Optional<String> chatTemplate() {
    return Optional.ofNullable(chatTemplate);
  }
}
