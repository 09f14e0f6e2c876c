package dev.chasqui.engine.backend;

import java.util.List;
import java.util.stream.Stream;

/**
 * A transformer as a sequence of ops, run once for each step from first to last.
 *
 * @param name what it computes, for messages
 * @param ops the operations in order
 * @param logits the slot that holds the result, {@code [logit rows, vocabulary]}
 * @param layers number of layers with KV blocks
 * @param attention the heads, the same in every layer
 */
public record Program(
    String name, List<Op> ops, Slot logits, int layers, AttentionShape attention) {

  /** Copies the list and checks what ops say about layers and heads. */
  public Program {
    ops = List.copyOf(ops);
    if (logits.rows() != Slot.Rows.LOGITS) {
      throw new IllegalArgumentException("the result must be a LOGITS slot, not " + logits);
    }
    for (Op op : ops) {
      checkAttention(op, layers, attention);
    }
  }

  /** Returns the number of logits of a row. */
  public int vocabularySize() {
    return logits.width();
  }

  /** Returns every weight that an op names, in the order of their first use. */
  public List<Weight> weights() {
    return ops.stream().flatMap(Program::weightsOf).distinct().toList();
  }

  private static Stream<Weight> weightsOf(Op op) {
    return switch (op) {
      case Op.Embed embed -> Stream.of(embed.table());
      case Op.RmsNorm norm -> Stream.of(norm.gain());
      case Op.Project project -> project.projections().stream().map(Op.Projection::weight);
      case Op.AddBias addBias -> Stream.of(addBias.bias());
      case Op.Rotate _, Op.StoreKv _, Op.Attend _, Op.SwiGlu _, Op.Add _, Op.TakeLogitRows _ ->
          Stream.empty();
    };
  }

  private static void checkAttention(Op op, int layers, AttentionShape attention) {
    boolean fits =
        switch (op) {
          case Op.StoreKv store ->
              store.layer() < layers && store.keys().width() == attention.kvWidth();
          case Op.Attend attend ->
              attend.layer() < layers && attend.queries().width() == attention.queryWidth();
          case Op.Rotate rotate -> rotate.rotation().headSize() == attention.headSize();
          case Op.Embed _,
              Op.RmsNorm _,
              Op.Project _,
              Op.AddBias _,
              Op.SwiGlu _,
              Op.Add _,
              Op.TakeLogitRows _ ->
              true;
        };
    if (!fits) {
      throw new IllegalArgumentException(
          "%s does not fit %d layers of %s".formatted(op, layers, attention));
    }
  }
}
