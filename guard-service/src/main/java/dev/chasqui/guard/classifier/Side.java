package dev.chasqui.guard.classifier;

/** The two who speak in a guard prompt. */
public enum Side {
  /** Everything that came in: the person, instructions, results of tools. */
  USER,
  /** The model that answers. */
  AGENT
}
