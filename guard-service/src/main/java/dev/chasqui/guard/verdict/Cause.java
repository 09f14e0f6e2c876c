package dev.chasqui.guard.verdict;

/** Why a guard could not decide. */
public enum Cause {
  /** The model put too little of its probability on a verdict. */
  LOW_MASS,
  /** A probability was NaN, infinite or above one. */
  NO_NUMBER,
  /** The hazards of a text, for which the policy has rules, could not be told. */
  NO_CATEGORIES,
  /** The engine failed or refused. */
  ENGINE_FAILED,
  /** The text does not fit the guard model's context. */
  TOO_LONG,
  /** No answer in time. */
  TIMED_OUT,
  /** The policy of the request is not known here, or not with that content. */
  NO_POLICY
}
