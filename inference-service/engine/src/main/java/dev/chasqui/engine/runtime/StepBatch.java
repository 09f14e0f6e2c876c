package dev.chasqui.engine.runtime;

import dev.chasqui.engine.backend.Slice;
import dev.chasqui.engine.backend.Step;
import dev.chasqui.engine.schedule.Chunk;
import dev.chasqui.engine.schedule.Sequence;
import dev.chasqui.engine.schedule.StepPlan;
import java.util.ArrayList;
import java.util.List;

/** Turns a plan into the rows of one forward call; logit rows come in the order of the chunks. */
final class StepBatch {

  private StepBatch() {}

  static Step of(StepPlan plan) {
    int[] tokenIds = new int[plan.rows()];
    int[] logitRows = new int[logitRows(plan)];
    List<Slice> slices = new ArrayList<>(plan.chunks().size());
    int row = 0;
    int logits = 0;
    for (Chunk chunk : plan.chunks()) {
      Sequence sequence = chunk.sequence();
      int adapter = sequence.scope().adapter();
      slices.add(
          new Slice(row, chunk.rows(), chunk.start(), sequence.blockTable(), adapter)
              .ofSequence(Math.max(sequence.length(), chunk.end())));
      for (int position = chunk.start(); position < chunk.end(); position++) {
        if (position >= chunk.logitsFrom()) {
          logitRows[logits++] = row;
        }
        tokenIds[row++] = sequence.token(position);
      }
    }
    return new Step(tokenIds, slices, logitRows);
  }

  private static int logitRows(StepPlan plan) {
    int rows = 0;
    for (Chunk chunk : plan.chunks()) {
      rows += chunk.end() - chunk.logitsFrom();
    }
    return rows;
  }
}
