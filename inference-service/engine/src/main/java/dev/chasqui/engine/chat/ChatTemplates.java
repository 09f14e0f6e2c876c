package dev.chasqui.engine.chat;

import dev.chasqui.engine.api.ChatTemplateException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/** Finds the chat template of a checkpoint. */
public final class ChatTemplates {

  private ChatTemplates() {}

  /**
   * Returns the checkpoint's own template, or the built-in one that its name and its control tokens
   * show.
   *
   * @param own Jinja source that the checkpoint carries
   * @param modelName what the checkpoint is called
   * @param controlTokens texts of the control tokens of its tokenizer
   * @return the template
   * @throws ChatTemplateException if its own cannot be compiled, or there is none to be had
   */
  public static ChatTemplate choose(
      Optional<String> own, String modelName, Set<String> controlTokens) {
    return own.map(ChatTemplate::compile)
        .or(() -> BuiltInTemplate.fitting(modelName, controlTokens).map(BuiltInTemplate::compile))
        .orElseThrow(() ->
            new ChatTemplateException(
                ("the checkpoint has no chat template, and neither its name '%s' nor its tokens"
                        + " show one of %s. Send a raw prompt, name a template (--chat-template,"
                        + " or chat-template of the model's settings), or take a checkpoint that"
                        + " was tuned for chat.")
                    .formatted(modelName, BuiltInTemplate.names())));
  }

  /**
   * Returns a template of our own by its name, or the one in a file.
   *
   * @param nameOrFile a name such as {@code llama2-chat}, or a file of Jinja source
   * @return the template
   * @throws ChatTemplateException if there is no such template or file, or it cannot be compiled
   */
  public static ChatTemplate named(String nameOrFile) {
    return BuiltInTemplate.named(nameOrFile)
        .map(BuiltInTemplate::compile)
        .orElseGet(() -> ofFile(nameOrFile));
  }

  private static ChatTemplate ofFile(String name) {
    try {
      return ChatTemplate.compile(Files.readString(Path.of(name)));
    } catch (IOException | InvalidPathException e) {
      throw new ChatTemplateException(
          "chat-template is '%s': it is neither a readable file nor one of %s. Correct it."
              .formatted(name, BuiltInTemplate.names()));
    }
  }
}
