package dev.chasqui.engine.backend.cuda;

import dev.chasqui.engine.backend.Op;
import dev.chasqui.engine.backend.Slot;
import java.util.List;

/** Which slots an op reads, and which it writes without looking at what they held. */
final class SlotUse {

  private SlotUse() {}

  static List<Slot> reads(Op op) {
    return switch (op) {
      case Op.Embed _ -> List.of();
      case Op.RmsNorm norm -> List.of(norm.in());
      case Op.Project project -> List.of(project.in());
      case Op.AddBias bias -> List.of(bias.to());
      case Op.Rotate rotate -> List.of(rotate.heads());
      case Op.StoreKv store -> List.of(store.keys(), store.values());
      case Op.Attend attend -> List.of(attend.queries());
      case Op.SwiGlu swiGlu -> List.of(swiGlu.gate(), swiGlu.up());
      case Op.Add add -> List.of(add.term(), add.to());
      case Op.TakeLogitRows take -> List.of(take.in());
    };
  }

  static List<Slot> overwrites(Op op) {
    return switch (op) {
      case Op.Embed embed -> List.of(embed.out());
      case Op.RmsNorm norm -> List.of(norm.out());
      case Op.Project project -> project.projections().stream().map(Op.Projection::out).toList();
      case Op.Attend attend -> List.of(attend.out());
      case Op.SwiGlu swiGlu -> List.of(swiGlu.out());
      case Op.TakeLogitRows take -> List.of(take.out());
      case Op.AddBias _, Op.Rotate _, Op.StoreKv _, Op.Add _ -> List.of();
    };
  }
}
