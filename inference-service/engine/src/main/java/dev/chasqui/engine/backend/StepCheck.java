package dev.chasqui.engine.backend;

/**
 * Refuses steps that would read or write where nothing is.
 *
 * @param vocabularySize token ids are below it
 * @param kv block ids are below its blocks
 * @param adapters number of adapters: a slice names one of them or none
 */
public record StepCheck(int vocabularySize, KvShape kv, int adapters) {

  /**
   * Checks a step.
   *
   * @param step what is about to be computed
   * @throws IllegalArgumentException if it names a token id, a block or an adapter that does not
   *     exist, or a block table is too short
   */
  public void check(Step step) {
    for (int id : step.tokenIds()) {
      if (id < 0 || id >= vocabularySize) {
        throw new IllegalArgumentException(
            "token id %d is not in the vocabulary of %d".formatted(id, vocabularySize));
      }
    }
    for (int i = 0; i < step.slices().size(); i++) {
      checkAdapter(step.slices().get(i));
      checkBlocks(step.slices().get(i));
    }
  }

  private void checkAdapter(Slice slice) {
    if (slice.adapter() >= adapters) {
      throw new IllegalArgumentException(
          "adapter %d is not one of the %d adapters".formatted(slice.adapter(), adapters));
    }
  }

  private void checkBlocks(Slice slice) {
    int needed = Math.ceilDiv(slice.endPosition(), kv.blockSizeTokens());
    if (slice.blockTable().length < needed) {
      throw new IllegalArgumentException(
          "a sequence of %d tokens needs %d blocks of %d tokens, its table has %d"
              .formatted(
                  slice.endPosition(), needed, kv.blockSizeTokens(), slice.blockTable().length));
    }
    for (int i = 0; i < needed; i++) {
      int block = slice.blockTable()[i];
      if (block < 0 || block >= kv.blocks()) {
        throw new IllegalArgumentException(
            "block %d is not one of the %d blocks".formatted(block, kv.blocks()));
      }
    }
  }
}
