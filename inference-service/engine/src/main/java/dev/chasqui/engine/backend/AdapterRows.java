package dev.chasqui.engine.backend;

import java.util.ArrayList;
import java.util.List;

/**
 * Which rows of a step ask for one adapter: of the slots of all tokens, and of those of the logit
 * rows.
 */
final class AdapterRows {

  private final int adapter;
  private final RowSet ofTokens = new RowSet();
  private final RowSet ofLogits = new RowSet();
  private boolean[] asked = new boolean[0];

  AdapterRows(int adapter) {
    this.adapter = adapter;
  }

  static List<AdapterRows> of(List<Adapter> adapters) {
    List<AdapterRows> rows = new ArrayList<>();
    for (int i = 0; i < adapters.size(); i++) {
      rows.add(new AdapterRows(i));
    }
    return List.copyOf(rows);
  }

  /** Finds the rows of a step. */
  void prepare(Step step) {
    ofTokens.clear();
    ofLogits.clear();
    if (asked.length < step.rows()) {
      asked = new boolean[step.rows()];
    }
    for (int i = 0; i < step.slices().size(); i++) {
      Slice slice = step.slices().get(i);
      for (int row = slice.firstRow(); row < slice.firstRow() + slice.rows(); row++) {
        asked[row] = slice.adapter() == adapter;
        if (asked[row]) {
          ofTokens.add(row);
        }
      }
    }
    for (int i = 0; i < step.logitRows().length; i++) {
      if (asked[step.logitRows()[i]]) {
        ofLogits.add(i);
      }
    }
  }

  /** Returns the rows in slots of one kind; the same set after every step. */
  RowSet in(Slot.Rows kind) {
    return switch (kind) {
      case TOKENS -> ofTokens;
      case LOGITS -> ofLogits;
    };
  }
}
