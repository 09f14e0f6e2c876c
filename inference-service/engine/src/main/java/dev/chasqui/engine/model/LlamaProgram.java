package dev.chasqui.engine.model;

import dev.chasqui.engine.backend.AttentionShape;
import dev.chasqui.engine.backend.Op;
import dev.chasqui.engine.backend.Op.Projection;
import dev.chasqui.engine.backend.Program;
import dev.chasqui.engine.backend.Rotation;
import dev.chasqui.engine.backend.Slot;
import dev.chasqui.engine.backend.Slot.Rows;
import dev.chasqui.engine.backend.Weight;
import dev.chasqui.engine.checkpoint.ModelConfig;
import java.util.ArrayList;
import java.util.List;

/**
 * The Llama transformer (arXiv 2302.13971, 2307.09288, 2407.21783) as a program: pre-norm blocks of
 * grouped-query attention with rotary positions and a SwiGLU feed-forward network.
 */
final class LlamaProgram {

  private final ModelConfig config;
  private final LlamaTensors weights;
  private final Rotation rotation;
  private final List<Op> ops = new ArrayList<>();

  private final Slot hidden;
  private final Slot normed;
  private final Slot queries;
  private final Slot keys;
  private final Slot values;
  private final Slot mixed;
  private final Slot gate;
  private final Slot up;
  private final Slot change;
  private final Slot lastHidden;
  private final Slot logits;

  private LlamaProgram(ModelConfig config, LlamaTensors weights) {
    this.config = config;
    this.weights = weights;
    this.rotation = Rotations.of(config.rope(), config.headSize());
    this.hidden = new Slot("hidden", config.hiddenSize(), Rows.TOKENS);
    this.normed = new Slot("normed", config.hiddenSize(), Rows.TOKENS);
    this.queries = new Slot("queries", config.queryWidth(), Rows.TOKENS);
    this.keys = new Slot("keys", config.kvWidth(), Rows.TOKENS);
    this.values = new Slot("values", config.kvWidth(), Rows.TOKENS);
    this.mixed = new Slot("mixed", config.queryWidth(), Rows.TOKENS);
    this.gate = new Slot("gate", config.ffnSize(), Rows.TOKENS);
    this.up = new Slot("up", config.ffnSize(), Rows.TOKENS);
    this.change = new Slot("change", config.hiddenSize(), Rows.TOKENS);
    this.lastHidden = new Slot("last-hidden", config.hiddenSize(), Rows.LOGITS);
    this.logits = new Slot("logits", config.outputs(), Rows.LOGITS);
  }

  static Program of(ModelConfig config, LlamaTensors weights) {
    return new LlamaProgram(config, weights).write();
  }

  private Program write() {
    ops.add(new Op.Embed(weights.embedding(), hidden));
    for (int layer = 0; layer < config.layers(); layer++) {
      attentionBlock(layer);
      feedForwardBlock(layer);
    }
    ops.add(new Op.TakeLogitRows(hidden, lastHidden));
    ops.add(new Op.RmsNorm(lastHidden, weights.outputNorm(), config.normEpsilon(), lastHidden));
    ops.add(new Op.Project(lastHidden, List.of(new Projection(weights.output(), logits))));
    AttentionShape attention =
        new AttentionShape(config.heads(), config.kvHeads(), config.headSize());
    return new Program(config.name(), ops, logits, config.layers(), attention);
  }

  private void attentionBlock(int layer) {
    norm(layer, "attn_norm");
    project(
        layer,
        normed,
        List.of(new Role("attn_q", queries), new Role("attn_k", keys), new Role("attn_v", values)));
    ops.add(new Op.Rotate(queries, rotation));
    ops.add(new Op.Rotate(keys, rotation));
    ops.add(new Op.StoreKv(layer, keys, values));
    ops.add(new Op.Attend(layer, queries, mixed));
    project(layer, mixed, List.of(new Role("attn_output", change)));
    ops.add(new Op.Add(change, hidden));
  }

  private void feedForwardBlock(int layer) {
    norm(layer, "ffn_norm");
    project(layer, normed, List.of(new Role("ffn_gate", gate), new Role("ffn_up", up)));
    ops.add(new Op.SwiGlu(gate, up, gate));
    project(layer, gate, List.of(new Role("ffn_down", change)));
    ops.add(new Op.Add(change, hidden));
  }

  private void norm(int layer, String role) {
    ops.add(new Op.RmsNorm(hidden, weights.norm(layer, role), config.normEpsilon(), normed));
  }

  /** Which weight goes where. */
  private record Role(String name, Slot out) {}

  private void project(int layer, Slot in, List<Role> roles) {
    ops.add(new Op.Project(in, roles.stream().map(role -> projection(layer, role, in)).toList()));
    for (Role role : roles) {
      weights
          .bias(layer, role.name(), role.out().width())
          .ifPresent(bias -> ops.add(new Op.AddBias(bias, role.out())));
    }
  }

  private Projection projection(int layer, Role role, Slot in) {
    Weight weight = weights.matrix(layer, role.name(), role.out().width(), in.width());
    return new Projection(weight, role.out());
  }
}
