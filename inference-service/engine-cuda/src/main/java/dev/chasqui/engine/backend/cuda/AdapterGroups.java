package dev.chasqui.engine.backend.cuda;

import dev.chasqui.engine.backend.Slice;
import dev.chasqui.engine.backend.Step;
import java.util.Arrays;

/** Rows of a step that ask for one adapter, in groups of a few. Used again for every step. */
final class AdapterGroups {

  /** Rows of a group, kLowRankRows of kernels.h. */
  static final int ROWS = 8;

  private final int adapters;
  private final Groups ofTokens = new Groups();
  private final Groups ofLogits = new Groups();
  private int[] adapterOfRow = new int[0];

  AdapterGroups(int adapters) {
    this.adapters = adapters;
  }

  /** Groups of one kind of rows: adapter, first of its row ids and their number, of each. */
  static final class Groups {

    private int[] groups = new int[0];
    private int[] rowIds = new int[0];
    private int count;
    private int rows;

    private void clear(int most) {
      count = 0;
      rows = 0;
      if (rowIds.length < most) {
        rowIds = new int[most];
        groups = new int[3 * most];
      }
    }

    private void add(int adapter, int row) {
      int last = 3 * (count - 1);
      if (count == 0 || groups[last] != adapter || groups[last + 2] == ROWS) {
        last = 3 * count++;
        groups[last] = adapter;
        groups[last + 1] = rows;
        groups[last + 2] = 0;
      }
      groups[last + 2]++;
      rowIds[rows++] = row;
    }

    int count() {
      return count;
    }

    /** Returns {@code [count, 3]}; may be longer. */
    int[] groups() {
      return groups;
    }

    /** Returns the row ids of all groups; may be longer. */
    int[] rowIds() {
      return rowIds;
    }

    int rows() {
      return rows;
    }
  }

  /** Finds the groups of a step. */
  void prepare(Step step) {
    ofTokens.clear(step.rows());
    ofLogits.clear(step.logitRows().length);
    if (adapters == 0) {
      return;
    }
    if (adapterOfRow.length < step.rows()) {
      adapterOfRow = new int[step.rows()];
    }
    for (int i = 0; i < step.slices().size(); i++) {
      Slice slice = step.slices().get(i);
      int first = slice.firstRow();
      Arrays.fill(adapterOfRow, first, first + slice.rows(), slice.adapter());
    }
    for (int adapter = 0; adapter < adapters; adapter++) {
      gather(step, adapter);
    }
  }

  private void gather(Step step, int adapter) {
    for (int row = 0; row < step.rows(); row++) {
      if (adapterOfRow[row] == adapter) {
        ofTokens.add(adapter, row);
      }
    }
    for (int i = 0; i < step.logitRows().length; i++) {
      if (adapterOfRow[step.logitRows()[i]] == adapter) {
        ofLogits.add(adapter, i);
      }
    }
  }

  Groups ofTokens() {
    return ofTokens;
  }

  Groups ofLogits() {
    return ofLogits;
  }
}
