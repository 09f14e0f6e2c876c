package dev.chasqui.engine.api;

/**
 * How busy an engine is at one moment.
 *
 * @param running sequences that take part in the steps
 * @param waiting requests that were handed over and wait for room
 * @param slots the most sequences that can run at once
 * @param usedKvBlocks KV blocks that running sequences hold
 * @param kvBlocks KV blocks in all
 */
public record EngineLoad(int running, int waiting, int slots, int usedKvBlocks, int kvBlocks) {

  /** Returns how many more requests would start at once, were they short. */
  public int freeSlots() {
    return Math.max(0, slots - running - waiting);
  }
}
