package dev.chasqui.cli.engine;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
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

  Optional<String> chatTemplate() {
    return Optional.ofNullable(chatTemplate);
  }
}
