package dev.chasqui.guard.verdict;

/** How bad a finding in code is, mildest first. */
public enum Severity {
  /** Worth a look: only some uses are a weakness. */
  LOW,
  /** A weakness in most programs. */
  MEDIUM,
  /** A weakness that an attacker who reaches it can use. */
  HIGH,
  /** Gives an attacker what he wants without further steps, such as a secret in the open. */
  CRITICAL;

  /**
   * Returns whether this is as bad as a threshold.
   *
   * @param threshold the mildest that counts
   * @return true from the threshold upwards
   */
  public boolean reaches(Severity threshold) {
    return compareTo(threshold) >= 0;
  }
}
