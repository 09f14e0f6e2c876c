package dev.chasqui.guard.topology.review;

/**
 * Why a decision is put aside.
 *
 * @param code stable code
 * @param message what is wrong, the value, the limit, what to do
 */
public record Problem(String code, String message) {

  /**
   * Says that nothing waits for a decision.
   *
   * @param id the request
   * @param why in words
   * @return the problem
   */
  public static Problem unknown(String id, String why) {
    return new Problem(
        "unknown-review",
        "request \"%s\" waits for no such decision: %s. See `chasqui review list`."
            .formatted(RequestKey.shortened(id), why));
  }

  /**
   * Says that a decision came too late.
   *
   * @param message what was decided before, and what to do
   * @return the problem
   */
  public static Problem alreadyDecided(String message) {
    return new Problem("already-decided", message);
  }
}
