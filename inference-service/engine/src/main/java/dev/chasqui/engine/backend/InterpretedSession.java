package dev.chasqui.engine.backend;

import java.util.List;

/** Runs a program's ops on kernels. Belongs to one thread at a time. */
final class InterpretedSession implements Session {

  private final StepCheck check;
  private final Bound bound;
  private final Kernels kernels;
  private final Activation logits;

  private InterpretedSession(StepCheck check, Bound bound, Kernels kernels, Activation logits) {
    this.check = check;
    this.bound = bound;
    this.kernels = kernels;
    this.logits = logits;
  }

  /** What a program became: places of fixed identity and the code that works on them. */
  record Bound(List<Activation> ofTokens, List<Activation> ofLogits, List<Instruction> code) {}

  /** One op, bound to its weights and activations. */
  interface Instruction {
    void run(Step step);
  }

  static Session open(Program program, BoundWeights weights, KvShape kv, Kernels kernels) {
    try {
      Binder binder = new Binder(weights, kernels, kv, program.attention());
      Bound bound = binder.bind(program);
      StepCheck check = new StepCheck(binder.vocabularySize(), kv, weights.adapters().size());
      return new InterpretedSession(check, bound, kernels, binder.activation(program.logits()));
    } catch (RuntimeException | Error e) {
      kernels.close();
      throw e;
    }
  }

  @Override
  public Logits run(Step step) {
    check.check(step);
    resize(bound.ofTokens(), step.rows());
    resize(bound.ofLogits(), step.logitRows().length);
    for (int i = 0; i < bound.code().size(); i++) {
      bound.code().get(i).run(step);
    }
    return new Logits(logits.values(), logits.rows(), logits.width());
  }

  private static void resize(List<Activation> activations, int rows) {
    for (int i = 0; i < activations.size(); i++) {
      activations.get(i).resize(rows);
    }
  }

  @Override
  public void close() {
    kernels.close();
  }
}
