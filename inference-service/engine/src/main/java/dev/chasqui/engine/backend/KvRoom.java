package dev.chasqui.engine.backend;

/**
 * How much KV memory is wanted, where nobody says how much.
 *
 * @param least room for one sequence of the greatest length
 * @param usual what is set aside in the machine's own memory
 * @param memoryFraction share of a device's free memory that weights, activations and KV memory may
 *     take together, above 0, at most 1
 */
public record KvRoom(KvShape least, KvShape usual, double memoryFraction) {

  /** Checks the share. */
  public KvRoom {
    if (!(memoryFraction > 0 && memoryFraction <= 1)) {
      throw new IllegalArgumentException(
          "a memory fraction of %s: it must be above 0 and at most 1".formatted(memoryFraction));
    }
  }
}
