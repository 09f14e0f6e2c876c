package dev.chasqui.cli.engine;

import dev.chasqui.cli.json.JsonRows;
import dev.chasqui.engine.api.ChatMessage;
import dev.chasqui.engine.api.MarkedText;
import dev.chasqui.engine.api.Prompt;
import dev.chasqui.engine.api.TokenIds;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The one prompt of the command line; rows of a file name theirs the same way. */
final class PromptSource {

  @Option(
      names = "--tokens",
      paramLabel = "LIST",
      converter = TokenList.class,
      description = "Token ids as they are, such as 1,2,3. No BOS is added.")
  private @Nullable TokenIds tokens;

  @Option(
      names = "--prompt",
      paramLabel = "TEXT",
      description = "Raw text as it is; special tokens in it are plain text.")
  private @Nullable String prompt;

  @Option(
      names = "--chat",
      paramLabel = "TEXT",
      description = "What a user says, put into the model's own chat template.")
  private @Nullable String chat;

  Prompt prompt() {
    if (tokens != null) {
      return new Prompt.Tokens(tokens);
    }
    return prompt != null ? raw(prompt) : chat(String.valueOf(chat));
  }

  /** Returns the prompt of a row, by the field that it has. */
  static Prompt of(JsonRows.Row row) {
    if (row.fields().has("tokens")) {
      return new Prompt.Tokens(row.tokens("tokens"));
    }
    return row.fields().has("prompt") ? raw(row.text("prompt")) : chat(row.text("chat"));
  }

  private static Prompt raw(String text) {
    return new Prompt.Text(MarkedText.user(text));
  }

  private static Prompt chat(String text) {
    return new Prompt.Chat(List.of(new ChatMessage(ChatMessage.Role.USER, text)));
  }
}
