package dev.chasqui.engine.checkpoint;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Hugging Face's names of a Llama model's tensors (transformers, modeling_llama.py) and ours. */
final class HuggingFaceNames {

  private static final Pattern LAYER =
      Pattern.compile("(?:model\\.)?layers\\.(0|[1-9][0-9]{0,4})\\.([a-z_.]+)\\.(weight|bias)");

  private static final Map<String, String> OUTSIDE =
      Map.of(
          "embed_tokens.weight", "token_embd.weight",
          "norm.weight", "output_norm.weight",
          "lm_head.weight", "output.weight",
          "score.weight", "cls.output.weight");

  private static final Map<String, String> ROLES =
      Map.of(
          "input_layernorm", "attn_norm",
          "self_attn.q_proj", "attn_q",
          "self_attn.k_proj", "attn_k",
          "self_attn.v_proj", "attn_v",
          "self_attn.o_proj", "attn_output",
          "post_attention_layernorm", "ffn_norm",
          "mlp.gate_proj", "ffn_gate",
          "mlp.up_proj", "ffn_up",
          "mlp.down_proj", "ffn_down");

  private HuggingFaceNames() {}

  /**
   * Returns the module that a weight belongs to in transformers, without the model's prefix.
   *
   * @param canonical for example {@code blk.0.attn_q.weight}
   * @return for example {@code layers.0.self_attn.q_proj}; the name itself where there is none
   */
  static String module(String canonical) {
    String[] parts = canonical.split("\\.");
    for (Map.Entry<String, String> role : ROLES.entrySet()) {
      if (parts.length == 4 && role.getValue().equals(parts[2])) {
        return "layers." + parts[1] + "." + role.getKey();
      }
    }
    return canonical.equals("output.weight") ? "lm_head" : canonical;
  }

  /**
   * Translates a name.
   *
   * @param name for example {@code model.layers.0.self_attn.q_proj.weight}
   * @return for example {@code blk.0.attn_q.weight}; empty for what a Llama model does not compute
   *     with, such as the rotary frequencies that early checkpoints hold
   */
  static Optional<String> canonical(String name) {
    Matcher layer = LAYER.matcher(name);
    if (layer.matches()) {
      return Optional.ofNullable(ROLES.get(layer.group(2)))
          .map(role -> "blk.%s.%s.%s".formatted(layer.group(1), role, layer.group(3)));
    }
    String outside = name.startsWith("model.") ? name.substring("model.".length()) : name;
    return Optional.ofNullable(OUTSIDE.get(outside));
  }
}
