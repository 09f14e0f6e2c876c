package dev.chasqui.engine.checkpoint;

import dev.chasqui.engine.api.CheckpointException;
import dev.chasqui.engine.checkpoint.Vocabulary.Kind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a {@code tokenizer.json} says of normalizing and splitting, by llama.cpp's names. */
final class TokenizerRules {

  private static final String LLAMA3 =
      "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}{1,3}"
          + "| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";

  private static final String GPT2 =
      "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+";

  private static final Map<String, String> NAMES =
      Map.of(LLAMA3, "smaug-bpe", LLAMA3.replace("{1,3}", ""), "qwen2", GPT2, "gpt-2");

  private final Path file;
  private final Json json;

  TokenizerRules(Path file, Json json) {
    this.file = file;
    this.json = json;
  }

  Kind kind() {
    return json.get("model").get("byte_fallback").isTrue()
        ? Kind.SENTENCEPIECE_BPE
        : Kind.BYTE_LEVEL_BPE;
  }

  /** Returns the name of the rule that splits text; one that is not known is an error. */
  String preTokenizer() {
    if (kind() == Kind.SENTENCEPIECE_BPE) {
      return "default";
    }
    Json rules = json.get("pre_tokenizer");
    List<Json> steps = steps("pre_tokenizer", "pretokenizers");
    boolean digits = false;
    Optional<String> name = Optional.empty();
    for (Json step : steps) {
      switch (type(step)) {
        case "Digits" -> digits = step.get("individual_digits").isTrue();
        case "Split" -> name = Optional.of(named(step));
        case "ByteLevel" -> name = name.or(() -> ownPattern(step));
        default -> throw unsupported(step, step.get("type").shown());
      }
    }
    return combined(name.orElseThrow(() -> unsupported(rules, "without a pattern")), digits);
  }

  boolean addsSpacePrefix() {
    if (kind() == Kind.BYTE_LEVEL_BPE) {
      return false;
    }
    boolean prepends =
        steps("normalizer", "normalizers").stream().anyMatch(step -> type(step).equals("Prepend"));
    return prepends || steps("pre_tokenizer", "pretokenizers").stream().anyMatch(this::prefixes);
  }

  private String combined(String name, boolean digits) {
    boolean wholeWords = json.get("model").get("ignore_merges").isTrue();
    if (digits && name.equals("gpt-2")) {
      return "smollm";
    }
    if (digits) {
      throw unsupported(json.get("pre_tokenizer"), "Digits before " + name);
    }
    return wholeWords && name.equals("smaug-bpe") ? "llama-bpe" : name;
  }

  private boolean prefixes(Json step) {
    if (!type(step).equals("Metaspace")) {
      return false;
    }
    return step.get("prepend_scheme")
        .text()
        .map(scheme -> !scheme.equals("never"))
        .orElseGet(() -> step.get("add_prefix_space").isTrue());
  }

  private String named(Json split) {
    String pattern = split.get("pattern").get("Regex").text().orElse("");
    String name = NAMES.get(pattern);
    if (name == null) {
      throw unsupported(split, "the pattern " + pattern);
    }
    return name;
  }

  private static Optional<String> ownPattern(Json byteLevel) {
    Json uses = byteLevel.get("use_regex");
    return uses.isNothing() || uses.isTrue() ? Optional.of("gpt-2") : Optional.empty();
  }

  private List<Json> steps(String name, String list) {
    Json step = json.get(name);
    if (step.isNothing()) {
      return List.of();
    }
    return type(step).equals("Sequence")
        ? new ArrayList<>(step.get(list).elements())
        : List.of(step);
  }

  private static String type(Json step) {
    return step.get("type").text().orElse("");
  }

  private CheckpointException unsupported(Json step, String rule) {
    return CheckpointException.at(
        file,
        step.at(),
        "the pre-tokenizer " + rule,
        "one of Llama 3, GPT-2, Qwen 2 or SmolLM: others are not supported");
  }
}
