package dev.chasqui.engine.backend.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.engine.backend.AttentionShape;
import dev.chasqui.engine.backend.Op;
import dev.chasqui.engine.backend.Op.Projection;
import dev.chasqui.engine.backend.Program;
import dev.chasqui.engine.backend.Rotation;
import dev.chasqui.engine.backend.Slot;
import dev.chasqui.engine.backend.Slot.Rows;
import dev.chasqui.engine.backend.Weight;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class FusionTests {

  private static final Weight GAIN = new Weight("gain", 1, 16);
  private static final Weight BIAS = new Weight("bias", 1, 16);
  private static final Weight SQUARE = new Weight("square", 16, 16);
  private static final Rotation ROTATION =
      new Rotation(8, new float[] {1, 0.5f}, 1, Rotation.Pairing.HALVES);

  private final Slot hidden = slot("hidden");
  private final Slot normed = slot("normed");
  private final Slot queries = slot("queries");
  private final Slot keys = slot("keys");
  private final Slot values = slot("values");
  private final Slot change = slot("change");
  private final Slot last = new Slot("last", 16, Rows.LOGITS);
  private final Slot logits = new Slot("logits", 16, Rows.LOGITS);

  @Test
  void addsAProductToTheResidualStreamAtOnce() {
    List<FusedOp> fused =
        fuse(project(normed, change), new Op.AddBias(BIAS, change), new Op.Add(change, hidden));
    assertThat(fused.subList(1, 3))
        .containsExactly(
            new FusedOp.ProjectOnto(normed, new Projection(SQUARE, change), hidden),
            new FusedOp.Single(new Op.AddBias(BIAS, hidden)));
  }

  @Test
  void keepsAProductThatIsReadAgain() {
    Op.Add add = new Op.Add(change, hidden);
    List<FusedOp> fused = fuse(project(normed, change), add, new Op.Add(change, normed));
    assertThat(fused).contains(new FusedOp.Single(project(normed, change)));
  }

  @Test
  void normalisesASumWhileItIsAtHand() {
    Op.Add add = new Op.Add(change, hidden);
    Op.RmsNorm norm = new Op.RmsNorm(hidden, GAIN, 1e-5f, normed);
    assertThat(fuse(add, norm)).contains(new FusedOp.AddNorm(add, norm));
  }

  @Test
  void turnsAndStoresInOneGo() {
    Op.StoreKv store = new Op.StoreKv(0, keys, values);
    List<FusedOp> fused =
        fuse(new Op.Rotate(queries, ROTATION), new Op.Rotate(keys, ROTATION), store);
    assertThat(fused).contains(new FusedOp.RotateStore(queries, ROTATION, store));
    List<FusedOp> read =
        fuse(
            new Op.Rotate(queries, ROTATION),
            new Op.Rotate(keys, ROTATION),
            store,
            new Op.Add(keys, hidden));
    assertThat(read).contains(new FusedOp.Single(store));
  }

  @Test
  void givesANormInPlaceASlotOfItsOwn() {
    Fusion.Fused fused = Fusion.of(program());
    Slot own = new Slot("last normed", 16, Rows.LOGITS);
    assertThat(fused.ops())
        .contains(
            new FusedOp.Single(new Op.RmsNorm(last, GAIN, 1e-5f, own)),
            new FusedOp.Single(project(own, logits)));
    Buffers buffers = Buffers.of(fused, Precision.BF16);
    assertThat(precision(buffers, last)).isEqualTo(Precision.F32.code());
    assertThat(precision(buffers, own)).isEqualTo(Precision.BF16.code());
  }

  private static int precision(Buffers buffers, Slot slot) {
    int index = buffers.index(slot);
    int buffer = buffers.slots()[3 * index];
    return buffers.buffers()[3 * buffer + 1];
  }

  @Test
  void laysSlotsThatOneOpWritesSideBySide() {
    Op.Project three =
        new Op.Project(
            normed,
            List.of(
                new Projection(SQUARE, queries),
                new Projection(SQUARE, keys),
                new Projection(SQUARE, values)));
    Buffers buffers = Buffers.of(Fusion.of(program(three)), Precision.BF16);
    assertThat(buffers.follows(keys, queries)).isTrue();
    assertThat(buffers.follows(values, keys)).isTrue();
    assertThat(buffers.follows(values, queries)).isFalse();
    assertThat(buffers.follows(normed, hidden)).isFalse();
  }

  private List<FusedOp> fuse(Op... ops) {
    return Fusion.of(program(ops)).ops();
  }

  private Program program(Op... between) {
    List<Op> ops = new ArrayList<>();
    ops.add(new Op.Embed(SQUARE, hidden));
    ops.addAll(Arrays.asList(between));
    ops.add(new Op.TakeLogitRows(hidden, last));
    ops.add(new Op.RmsNorm(last, GAIN, 1e-5f, last));
    ops.add(project(last, logits));
    return new Program("small", ops, logits, 1, new AttentionShape(2, 2, 8));
  }

  private static Op.Project project(Slot in, Slot out) {
    return new Op.Project(in, List.of(new Projection(SQUARE, out)));
  }

  private static Slot slot(String name) {
    return new Slot(name, 16, Rows.TOKENS);
  }
}
