package dev.chasqui.cli.engine;

import dev.chasqui.engine.api.Speculation;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What the requests of a measurement ask for. */
final class BenchWorkOptions {

  @Option(
      names = "--prompt-tokens",
      paramLabel = "N",
      defaultValue = "128",
      description = "Tokens of each prompt. Default: ${DEFAULT-VALUE}.")
  private int promptTokens;

  @Option(
      names = "--generate-tokens",
      paramLabel = "N",
      defaultValue = "64",
      description = "Tokens of each answer; with --ask the most. Default: ${DEFAULT-VALUE}.")
  private int generateTokens;

  @Option(
      names = "--ask",
      paramLabel = "FILE",
      description = "A text that every request asks, as a chat, in place of random tokens.")
  private @Nullable Path ask;

  BenchWork work(Optional<String> adapter, Speculation speculation) {
    Optional<String> text = Optional.ofNullable(ask).map(BenchWork::read);
    return new BenchWork(promptTokens, generateTokens, text, adapter, speculation);
  }
}
