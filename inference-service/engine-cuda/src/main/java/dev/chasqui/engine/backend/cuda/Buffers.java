package dev.chasqui.engine.backend.cuda;

import dev.chasqui.engine.backend.Op;
import dev.chasqui.engine.backend.Slot;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Where slots lie in the device's memory: each is some columns of a buffer. Slots that one op
 * writes together lie side by side, so that one product can fill them.
 */
final class Buffers {

  /** Rows of activations begin at multiples of 16 bytes. */
  private static final int ALIGNMENT = 8;

  private record Buffer(int width, Precision precision, Slot.Rows rows) {}

  private record Place(int buffer, int offset, int width) {}

  private final Precision precision;
  private final Set<Slot> exact = new HashSet<>();
  private final List<Buffer> buffers = new ArrayList<>();
  private final Map<Slot, Place> places = new LinkedHashMap<>();
  private final Map<Slot, Integer> indices = new LinkedHashMap<>();

  private Buffers(Precision precision) {
    this.precision = precision;
  }

  /** Places the slots of a program. */
  static Buffers of(Fusion.Fused fused, Precision precision) {
    Buffers buffers = new Buffers(precision);
    buffers.exact.add(fused.logits());
    fused.ops().forEach(buffers::findExact);
    fused.ops().forEach(buffers::placeTogether);
    return buffers;
  }

  /** What is added to and what is looked up stays float32, and so do copies of it. */
  private void findExact(FusedOp fused) {
    switch (fused) {
      case FusedOp.Single(Op.Embed(_, Slot out)) -> exact.add(out);
      case FusedOp.Single(Op.Add(_, Slot to)) -> exact.add(to);
      case FusedOp.Single(Op.TakeLogitRows(Slot in, Slot out)) when exact.contains(in) ->
          exact.add(out);
      case FusedOp.Single _, FusedOp.RotateStore _ -> {}
      case FusedOp.ProjectOnto(_, _, Slot onto) -> exact.add(onto);
      case FusedOp.AddNorm(Op.Add add, _) -> exact.add(add.to());
    }
  }

  private void placeTogether(FusedOp fused) {
    if (fused instanceof FusedOp.Single(Op.Project project)) {
      List<Slot> outs = project.projections().stream().map(Op.Projection::out).toList();
      boolean alike =
          outs.stream().map(this::precisionOf).distinct().count() == 1
              && outs.stream().map(Slot::rows).distinct().count() == 1
              && outs.stream().distinct().count() == outs.size();
      if (alike && outs.stream().noneMatch(places::containsKey)) {
        place(outs);
      }
    }
  }

  private void place(List<Slot> slots) {
    int buffer = buffers.size();
    int width = 0;
    for (Slot slot : slots) {
      width = Math.ceilDiv(width, ALIGNMENT) * ALIGNMENT;
      places.put(slot, new Place(buffer, width, slot.width()));
      indices.put(slot, indices.size());
      width += slot.width();
    }
    buffers.add(new Buffer(width, precisionOf(slots.getFirst()), slots.getFirst().rows()));
  }

  private Precision precisionOf(Slot slot) {
    return exact.contains(slot) ? Precision.F32 : precision;
  }

  /** Returns the index of a slot. */
  int index(Slot slot) {
    if (!places.containsKey(slot)) {
      place(List.of(slot));
    }
    return indices.get(slot);
  }

  /** Returns whether a slot begins where another one ends. */
  boolean follows(Slot slot, Slot before) {
    index(before);
    index(slot);
    Place first = places.get(before);
    Place second = places.get(slot);
    return second.buffer == first.buffer && second.offset == first.offset + first.width;
  }

  /** Returns width, precision and 1 for one of logit rows, of each buffer. */
  int[] buffers() {
    return buffers.stream()
        .flatMap(each ->
            List.of(each.width, each.precision.code(), each.rows == Slot.Rows.LOGITS ? 1 : 0)
                .stream())
        .mapToInt(Integer::intValue)
        .toArray();
  }

  /** Returns buffer, first column and width of each slot. */
  int[] slots() {
    return indices.keySet().stream()
        .map(places::get)
        .flatMap(place -> List.of(place.buffer, place.offset, place.width).stream())
        .mapToInt(Integer::intValue)
        .toArray();
  }

  /** Returns the bytes that a row of each token takes, and a row of each logit row. */
  long rowBytes(Slot.Rows rows) {
    return buffers.stream()
        .filter(buffer -> buffer.rows == rows)
        .mapToLong(buffer -> (long) buffer.width * buffer.precision.bytes())
        .sum();
  }
}
