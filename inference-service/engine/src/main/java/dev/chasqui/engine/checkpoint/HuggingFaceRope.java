package dev.chasqui.engine.checkpoint;

import dev.chasqui.engine.api.CheckpointException;
import java.util.Optional;

/**
 * Reads the rotary embedding of a {@code config.json}: {@code rope_theta} and {@code rope_scaling},
 * or {@code rope_parameters} as transformers 5 writes them (modeling_rope_utils.py).
 */
final class HuggingFaceRope {

  private static final double DEFAULT_THETA = 10000;

  private final JsonFields config;
  private final JsonFields parameters;

  private HuggingFaceRope(JsonFields config) {
    this.config = config;
    this.parameters =
        config.object(config.has("rope_parameters") ? "rope_parameters" : "rope_scaling");
  }

  static Rope of(JsonFields config, int headSize) {
    HuggingFaceRope rope = new HuggingFaceRope(config);
    return new Rope((float) rope.theta(), headSize, Rope.Pairing.HALVES, rope.scaling());
  }

  private double theta() {
    return parameters
        .real("rope_theta")
        .orElseGet(() -> config.real("rope_theta").orElse(DEFAULT_THETA));
  }

  private RopeScaling scaling() {
    Optional<String> named = parameters.text("rope_type").or(() -> parameters.text("type"));
    String type = named.orElse("default");
    return switch (type) {
      case "default" -> new RopeScaling.None();
      case "linear" -> new RopeScaling.Linear(factor());
      case "llama3" -> llama3();
      case "yarn" -> yarn();
      case "dynamic" ->
          new RopeScaling.Dynamic(factor(), config.requiredInteger("max_position_embeddings"));
      default -> throw unsupported("rope_type", type, "default, linear, dynamic, llama3 or yarn");
    };
  }

  private RopeScaling llama3() {
    return new RopeScaling.Llama3(
        factor(),
        (float) parameters.requiredReal("low_freq_factor"),
        (float) parameters.requiredReal("high_freq_factor"),
        parameters.requiredInteger("original_max_position_embeddings"));
  }

  private RopeScaling yarn() {
    if (parameters.has("truncate") && !parameters.flag("truncate")) {
      throw unsupported("truncate", "false", "true");
    }
    int original =
        parameters
            .integer("original_max_position_embeddings")
            .orElseGet(() -> config.requiredInteger("max_position_embeddings"));
    float factor = factor();
    return new RopeScaling.Yarn(
        factor,
        original,
        (float) parameters.real("beta_fast").orElse(32),
        (float) parameters.real("beta_slow").orElse(1),
        (float) parameters.real("attention_factor").orElseGet(() -> attentionFactor(factor)));
  }

  private double attentionFactor(float factor) {
    double mscale = parameters.real("mscale").orElse(0);
    double all = parameters.real("mscale_all_dim").orElse(0);
    return mscale != 0 && all != 0
        ? growth(factor, mscale) / growth(factor, all)
        : growth(factor, 1);
  }

  private static double growth(double factor, double share) {
    return factor <= 1 ? 1 : 0.1 * share * Math.log(factor) + 1;
  }

  private float factor() {
    double factor = parameters.requiredReal("factor");
    if (!(factor > 0)) {
      throw unsupported("factor", Double.toString(factor), "a positive number");
    }
    return (float) factor;
  }

  private CheckpointException unsupported(String name, String found, String expected) {
    return parameters.fault("the " + name + " of the rotary embedding", found, expected);
  }
}
