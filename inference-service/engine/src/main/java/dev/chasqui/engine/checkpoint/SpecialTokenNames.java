package dev.chasqui.engine.checkpoint;

import dev.chasqui.engine.checkpoint.Vocabulary.SpecialTokens;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * Which tokens of a Hugging Face tokenizer have a role: by {@code tokenizer_config.json} beside it,
 * else by its post-processor and by the names that the family uses.
 *
 * @param beginOfText begins a prompt
 * @param endOfText ends an answer
 * @param unknown stands for what cannot be encoded
 * @param padding fills up
 * @param addsBos whether a prompt begins with the first of them
 */
record SpecialTokenNames(
    Optional<String> beginOfText,
    Optional<String> endOfText,
    Optional<String> unknown,
    Optional<String> padding,
    boolean addsBos) {

  private static final List<String> ENDS =
      List.of("</s>", "<|end_of_text|>", "<|im_end|>", "<|endoftext|>");

  static SpecialTokenNames beside(Path file, Json tokenizer) {
    Path config = file.resolveSibling("tokenizer_config.json");
    Json json = Files.isRegularFile(config) ? JsonFile.read(config) : new Json.Nothing(0);
    Optional<String> processed = firstOfPrompt(tokenizer.get("post_processor"));
    boolean adds = processed.isPresent() || json.get("add_bos_token").isTrue();
    return new SpecialTokenNames(
        content(json.get("bos_token")).or(() -> processed),
        content(json.get("eos_token")),
        content(json.get("unk_token")).or(() -> tokenizer.get("model").get("unk_token").text()),
        content(json.get("pad_token")),
        adds);
  }

  /** Returns the ids of the names. */
  SpecialTokens in(List<String> pieces) {
    OptionalInt end =
        Stream.concat(endOfText.stream(), ENDS.stream())
            .mapToInt(pieces::indexOf)
            .filter(id -> id >= 0)
            .findFirst();
    return new SpecialTokens(
        id(beginOfText, pieces),
        end,
        id(Optional.of("<|eot_id|>"), pieces),
        id(Optional.of("<|eom_id|>"), pieces),
        id(unknown, pieces),
        id(padding, pieces));
  }

  private static OptionalInt id(Optional<String> name, List<String> pieces) {
    int id = name.map(pieces::indexOf).orElse(-1);
    return id < 0 ? OptionalInt.empty() : OptionalInt.of(id);
  }

  /** A token is written as a string, or as an object with its content. */
  private static Optional<String> content(Json token) {
    return token.text().or(() -> token.get("content").text());
  }

  private static Optional<String> firstOfPrompt(Json processor) {
    Stream<Json> steps =
        Stream.concat(Stream.of(processor), processor.get("processors").elements().stream());
    return steps
        .flatMap(step -> step.get("single").elements().stream().limit(1))
        .flatMap(first -> first.get("SpecialToken").get("id").text().stream())
        .findFirst();
  }
}
