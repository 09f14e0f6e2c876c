package dev.chasqui.engine.runtime;

import java.time.Duration;

/**
 * Hears what an engine does, for metrics. Called on the engine's thread; must not block.
 *
 * <p>Both methods do nothing unless overridden.
 */
public interface EngineListener {

  /** Hears nothing. */
  EngineListener SILENT = new EngineListener() {};

  /**
   * One step is over.
   *
   * @param step what it did
   */
  default void onStep(StepReport step) {}

  /**
   * One answer has ended, for whatever reason but a failure.
   *
   * @param answer how it went
   */
  default void onAnswer(AnswerReport answer) {}

  /**
   * What one step did; its duration is the inter-token latency of the sequences that decode, where
   * no guess of theirs was right.
   *
   * @param duration planning, forward call, sampling and listeners
   * @param decodeTokens sequences that got their next token; right guesses come on top of it
   * @param prefillTokens prompt tokens computed
   * @param preemptions sequences that lost their blocks and will be computed again
   * @param drafts guesses of tokens
   * @param cache the KV cache after it
   */
  record StepReport(
      Duration duration,
      int decodeTokens,
      int prefillTokens,
      int preemptions,
      DraftReport drafts,
      CacheReport cache) {}

  /**
   * What speculative decoding did in one step.
   *
   * @param tokens tokens that were guessed and verified
   * @param accepted those of them that were drawn as well: so many tokens more than without
   */
  record DraftReport(int tokens, int accepted) {

    /** Nothing was guessed. */
    public static final DraftReport NONE = new DraftReport(0, 0);
  }

  /**
   * The KV cache at one moment.
   *
   * @param usedBlocks blocks that sequences hold
   * @param blocks blocks in all
   * @param lookedUpTokens prompt tokens that were looked up since the start
   * @param hitTokens those of them that were found computed
   */
  record CacheReport(int usedBlocks, int blocks, long lookedUpTokens, long hitTokens) {}

  /**
   * How one answer went.
   *
   * @param queued until its first step
   * @param firstToken until its first token
   * @param total until its end
   * @param promptTokens tokens of the prompt
   * @param answerTokens tokens of the answer, those of an earlier call included
   */
  record AnswerReport(
      Duration queued, Duration firstToken, Duration total, int promptTokens, int answerTokens) {}
}
