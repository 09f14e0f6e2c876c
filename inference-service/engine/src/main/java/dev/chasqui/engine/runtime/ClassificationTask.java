package dev.chasqui.engine.runtime;

import dev.chasqui.engine.api.ClassificationEvent;
import dev.chasqui.engine.api.ClassificationListener;
import dev.chasqui.engine.sample.LogitRow;
import dev.chasqui.engine.schedule.Sequence;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One text for a classifier head: the row behind its last token is the result. */
final class ClassificationTask implements Task {

  private final OpenCall call;
  private final Sequence sequence;
  private final ClassificationListener listener;
  private boolean over;

  ClassificationTask(OpenCall call, Sequence sequence, ClassificationListener listener) {
    this.call = call;
    this.sequence = sequence;
    this.listener = listener;
  }

  @Override
  public OpenCall call() {
    return call;
  }

  @Override
  public List<Sequence> begin() {
    return List.of(sequence);
  }

  @Override
  public void onFirstStep() {}

  @Override
  public void onLogits(Sequence computed, int position, LogitRow logits) {
    List<Float> labels = new ArrayList<>(logits.values().length);
    for (float label : logits.values()) {
      labels.add(label);
    }
    end(new ClassificationEvent.Classified(labels, sequence.length()));
  }

  @Override
  public boolean needs(Sequence computed) {
    return false;
  }

  @Override
  public boolean isOver() {
    return over;
  }

  @Override
  public void cancel() {
    fail(new Failure("cancelled", "the classification was cancelled by its caller"));
  }

  @Override
  public Optional<Instant> deadline() {
    return Optional.empty();
  }

  @Override
  public void expire() {
    fail(new Failure("expired", "the deadline of the classification has passed"));
  }

  @Override
  public void fail(Failure failure) {
    end(new ClassificationEvent.Failed(failure.code(), failure.message()));
  }

  private void end(ClassificationEvent event) {
    over = true;
    listener.onEvent(event);
  }
}
