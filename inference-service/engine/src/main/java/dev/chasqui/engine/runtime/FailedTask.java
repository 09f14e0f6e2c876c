package dev.chasqui.engine.runtime;

import dev.chasqui.engine.sample.LogitRow;
import dev.chasqui.engine.schedule.Sequence;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** A call that could not be prepared: all that is left is to say so, on the engine's thread. */
final class FailedTask implements Task {

  private final OpenCall call;
  private final Failure failure;
  private final Consumer<Failure> listener;

  FailedTask(OpenCall call, Failure failure, Consumer<Failure> listener) {
    this.call = call;
    this.failure = failure;
    this.listener = listener;
  }

  @Override
  public OpenCall call() {
    return call;
  }

  @Override
  public List<Sequence> begin() {
    listener.accept(failure);
    return List.of();
  }

  @Override
  public boolean isOver() {
    return true;
  }

  @Override
  public boolean needs(Sequence sequence) {
    return false;
  }

  @Override
  public Optional<Instant> deadline() {
    return Optional.empty();
  }

  @Override
  public void onFirstStep() {}

  @Override
  public void onLogits(Sequence sequence, int position, LogitRow logits) {}

  @Override
  public void cancel() {}

  @Override
  public void expire() {}

  @Override
  public void fail(Failure other) {}
}
