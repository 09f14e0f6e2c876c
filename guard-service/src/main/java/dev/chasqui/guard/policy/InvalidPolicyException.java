package dev.chasqui.guard.policy;

import java.util.List;

/** A policy, or the set of them, cannot be used as it stands. */
public final class InvalidPolicyException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * Says what is wrong.
   *
   * @param message what, the value, the limit, what to do
   */
  public InvalidPolicyException(String message) {
    super(message);
  }

  /**
   * Says everything that is wrong at once.
   *
   * @param where the file or policy at fault
   * @param problems one line each
   */
  InvalidPolicyException(String where, List<String> problems) {
    super("Policy " + where + ":\n  - " + String.join("\n  - ", problems));
  }
}
