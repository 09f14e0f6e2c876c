package dev.chasqui.engine.checkpoint;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Finds the chat template beside a tokenizer: in {@code chat_template.jinja}, else in {@code
 * chat_template.json}, else in {@code tokenizer_config.json} (transformers,
 * tokenization_utils_base.py).
 */
final class ChatTemplateFiles {

  private ChatTemplateFiles() {}

  static Optional<String> in(Path folder) {
    Path jinja = folder.resolve("chat_template.jinja");
    if (Files.isRegularFile(jinja)) {
      return Optional.of(new String(SmallFiles.bytes(jinja), StandardCharsets.UTF_8));
    }
    return named(folder.resolve("chat_template.json"))
        .or(() -> named(folder.resolve("tokenizer_config.json")));
  }

  private static Optional<String> named(Path file) {
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    Json template = JsonFile.read(file).get("chat_template");
    return template.text().or(() -> defaultOf(template));
  }

  /** Some models have several, by name. */
  private static Optional<String> defaultOf(Json templates) {
    return templates.elements().stream()
        .filter(each -> each.get("name").text().filter("default"::equals).isPresent())
        .findFirst()
        .flatMap(each -> each.get("template").text());
  }
}
