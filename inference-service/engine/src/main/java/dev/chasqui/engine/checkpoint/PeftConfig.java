package dev.chasqui.engine.checkpoint;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** {@code adapter_config.json} of peft (LoraConfig): how strong each change is. */
final class PeftConfig {

  /** What changes the maths of an adapter in a way that is not computed here. */
  private static final List<String> MUST_BE_OFF =
      List.of(
          "use_dora",
          "use_qalora",
          "use_bdlora",
          "lora_bias",
          "fan_in_fan_out",
          "layer_replication",
          "modules_to_save",
          "trainable_token_indices",
          "target_parameters",
          "alora_invocation_tokens",
          "arrow_config",
          "kasa_config",
          "monteclora_config");

  private final JsonFields config;

  private PeftConfig(JsonFields config) {
    this.config = config;
  }

  static PeftConfig read(Path file) {
    PeftConfig read = new PeftConfig(JsonFields.read(file));
    read.check();
    return read;
  }

  private void check() {
    expect("peft_type", "LORA");
    if (config.has("bias")) {
      expect("bias", "none");
    }
    for (String name : MUST_BE_OFF) {
      if (!isOff(config.json().get(name))) {
        throw config.fault(
            name, "set", "it to be off: merge the adapter into its base model instead");
      }
    }
    alpha();
  }

  private void expect(String name, String value) {
    String found = config.text(name).orElse("missing");
    if (!found.equals(value)) {
      throw config.fault(name, found, value);
    }
  }

  private static boolean isOff(Json json) {
    return switch (json) {
      case Json.Nothing _ -> true;
      case Json.Truth(boolean value, _) -> !value;
      case Json.Elements(List<Json> list, _) -> list.isEmpty();
      case Json.Members(Map<String, Json> members, _) -> members.isEmpty();
      case Json.Text _, Json.Number _ -> false;
    };
  }

  /**
   * Returns the factor of a change: alpha / rank, or alpha / √rank of rsLoRA (arXiv 2312.03732).
   *
   * @param name canonical name of the weight
   * @param rank values between its two products
   */
  double scale(String name, int rank) {
    checkRank(name, rank);
    double alpha = pattern("alpha_pattern", name).orElse(alpha());
    return alpha / (config.flag("use_rslora") ? Math.sqrt(rank) : rank);
  }

  private double alpha() {
    return config.requiredReal("lora_alpha");
  }

  private void checkRank(String name, int rank) {
    double expected = pattern("rank_pattern", name).orElse(config.requiredReal("r"));
    if (expected != rank) {
      throw config.fault(
          "r", expected + " for " + name, "the rank %d of its matrices".formatted(rank));
    }
  }

  /** Peft takes the first key that the name of a module matches, whole or from a dot on. */
  private OptionalDouble pattern(String member, String name) {
    JsonFields patterns = config.object(member);
    if (!(patterns.json() instanceof Json.Members(Map<String, Json> byKey, _))) {
      return OptionalDouble.empty();
    }
    Optional<String> key =
        byKey.keySet().stream().filter(pattern -> matches(member, pattern, name)).findFirst();
    return key.isPresent() ? patterns.real(key.get()) : OptionalDouble.empty();
  }

  private boolean matches(String member, String pattern, String name) {
    String plain = pattern.replaceFirst("^\\^", "");
    if (!plain.matches("[A-Za-z0-9_.]{1,200}")) {
      throw config.fault(
          member + "." + pattern, "a pattern", "the name of a layer or its end, letter by letter");
    }
    String module = HuggingFaceNames.module(name);
    return module.equals(plain)
        || ("model." + module).equals(plain)
        || (plain.equals(pattern) && module.endsWith("." + plain));
  }
}
