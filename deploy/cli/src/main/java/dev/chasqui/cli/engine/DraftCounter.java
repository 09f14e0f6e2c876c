package dev.chasqui.cli.engine;

import dev.chasqui.engine.runtime.EngineListener;

/** Counts what decoding computed. Written by the engine's thread alone, read by any. */
final class DraftCounter implements EngineListener {

  private volatile Count count = new Count(0, 0, 0);

  /**
   * What decoding computed.
   *
   * @param sequenceSteps sequences that got tokens in a step, summed over the steps
   * @param drafted tokens that were guessed
   * @param accepted those of them that were right
   */
  record Count(long sequenceSteps, long drafted, long accepted) {

    Count since(Count before) {
      return new Count(
          sequenceSteps - before.sequenceSteps,
          drafted - before.drafted,
          accepted - before.accepted);
    }

    /** Tokens that a sequence got in a step, on average. */
    double tokensPerStep() {
      return sequenceSteps == 0 ? 1 : (sequenceSteps + accepted) / (double) sequenceSteps;
    }

    /** Share of the guesses that were right. */
    double acceptance() {
      return drafted == 0 ? 0 : accepted / (double) drafted;
    }
  }

  Count count() {
    return count;
  }

  @Override
  public void onStep(StepReport step) {
    Count before = count;
    count =
        new Count(
            before.sequenceSteps + step.decodeTokens(),
            before.drafted + step.drafts().tokens(),
            before.accepted + step.drafts().accepted());
  }
}
