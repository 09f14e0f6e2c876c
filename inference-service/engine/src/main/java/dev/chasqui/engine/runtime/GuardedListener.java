package dev.chasqui.engine.runtime;

/** A metrics listener whose faults stay its own. */
record GuardedListener(EngineListener listener) implements EngineListener {

  @Override
  public void onStep(StepReport step) {
    Guarded.run(() -> listener.onStep(step));
  }

  @Override
  public void onAnswer(AnswerReport answer) {
    Guarded.run(() -> listener.onAnswer(answer));
  }
}
