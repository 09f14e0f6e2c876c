package dev.chasqui.guard.policy;

import dev.chasqui.guard.verdict.Severity;

/**
 * What becomes of insecure code in an answer.
 *
 * @param action what a finding leads to
 * @param threshold the mildest finding that counts
 */
public record CodeScan(Action action, Severity threshold) {

  /** Holds where a policy says nothing: findings are recorded and stop nothing. */
  public static final CodeScan USUAL = new CodeScan(Action.WARN, Severity.HIGH);

  /** What a finding leads to. */
  public enum Action {
    /** Code is not scanned. */
    OFF,
    /** The verdict names the findings. */
    WARN,
    /** The verdict names the findings, and the answer is stopped as if it were unsafe. */
    BLOCK
  }
}
