package dev.chasqui.engine.checkpoint;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Meta's names of tensors (meta-llama/llama, model.py) and ours. */
final class MetaNames {

  private static final Pattern LAYER =
      Pattern.compile("layers\\.(0|[1-9][0-9]{0,4})\\.([a-z0-9_.]+)\\.weight");

  private static final Map<String, String> OUTSIDE =
      Map.of(
          "tok_embeddings.weight", "token_embd.weight",
          "norm.weight", "output_norm.weight",
          "output.weight", "output.weight");

  private static final Map<String, String> ROLES =
      Map.of(
          "attention_norm", "attn_norm",
          "attention.wq", "attn_q",
          "attention.wk", "attn_k",
          "attention.wv", "attn_v",
          "attention.wo", "attn_output",
          "ffn_norm", "ffn_norm",
          "feed_forward.w1", "ffn_gate",
          "feed_forward.w2", "ffn_down",
          "feed_forward.w3", "ffn_up");

  private MetaNames() {}

  /** Returns our name; empty for what is computed and not learned, such as {@code rope.freqs}. */
  static Optional<String> canonical(String name) {
    Matcher layer = LAYER.matcher(name);
    return layer.matches()
        ? Optional.ofNullable(ROLES.get(layer.group(2)))
            .map(role -> "blk.%s.%s.weight".formatted(layer.group(1), role))
        : Optional.ofNullable(OUTSIDE.get(name));
  }
}
