package dev.chasqui.engine.chat;

import dev.chasqui.engine.api.ChatTemplateException;
import dev.chasqui.engine.chat.Value.Items;
import dev.chasqui.engine.chat.Value.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Python's slices. */
final class Slices {

  private Slices() {}

  /** {@code start:stop:step}, any of which may be left out. */
  record Bounds(Optional<Long> start, Optional<Long> stop, Optional<Long> step) {

    /** Returns the positions in a sequence of that length. */
    List<Integer> positions(int length) {
      long by = step.orElse(1L);
      if (by == 0) {
        throw new ChatTemplateException("a slice has a step of 0");
      }
      long low = by > 0 ? 0 : -1;
      long high = by > 0 ? length : length - 1L;
      long from = start.map(bound -> clamp(bound, length, low, high)).orElse(by > 0 ? low : high);
      long to = stop.map(bound -> clamp(bound, length, low, high)).orElse(by > 0 ? high : low);
      List<Integer> positions = new ArrayList<>();
      for (long at = from; by > 0 ? at < to : at > to; at += by) {
        positions.add((int) at);
        if (Math.abs(by) > length) {
          break;
        }
      }
      return positions;
    }

    private static long clamp(long bound, int length, long low, long high) {
      long absolute = bound < 0 ? bound + length : bound;
      return Math.clamp(absolute, low, high);
    }
  }

  static Value of(Value target, Bounds bounds, Budget budget) {
    return switch (target) {
      case Items items -> {
        List<Value> elements = items.elements();
        budget.makeElements(elements.size());
        List<Value> slice = bounds.positions(elements.size()).stream().map(elements::get).toList();
        yield items.isTuple() ? Items.tuple(slice) : Items.list(slice);
      }
      case Text text -> characters(text.chars(), bounds, budget);
      default -> new Value.Undefined("a slice of " + Kinds.name(target));
    };
  }

  private static Text characters(MarkedChars chars, Bounds bounds, Budget budget) {
    int[] starts = CodePoints.starts(chars.toString());
    budget.makeElements(chars.length() / 8);
    List<Integer> positions = bounds.positions(starts.length - 1);
    if (bounds.step().orElse(1L) == 1 && !positions.isEmpty()) {
      return new Text(chars.slice(starts[positions.getFirst()], starts[positions.getLast() + 1]));
    }
    CharsBuilder out = new CharsBuilder(budget);
    for (int position : positions) {
      out.append(chars, starts[position], starts[position + 1]);
    }
    return out.text();
  }
}
