package dev.chasqui.guard.policy;

/** When a guard model is asked which hazards a text has. */
public enum CategoryScoring {
  /** When the score of the text reaches one of the policy's thresholds. */
  FLAGGED,
  /** Always: verdicts on safe texts name the scores too. */
  ALWAYS,
  /** Never: verdicts name no hazards, and come sooner. */
  NEVER
}
