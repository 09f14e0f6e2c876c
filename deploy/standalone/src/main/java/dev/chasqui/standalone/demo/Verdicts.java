package dev.chasqui.standalone.demo;

import dev.chasqui.events.SafetyVerdict;
import dev.chasqui.events.VerdictOutcome;
import java.util.Locale;

/** Verdicts in the words of the demo. */
final class Verdicts {

  private Verdicts() {}

  static String sentence(SafetyVerdict verdict) {
    return "%s: %s%s%s → %s, %d ms"
        .formatted(
            subject(verdict),
            verdict.getOutcome().name().toLowerCase(Locale.ROOT),
            categories(verdict),
            score(verdict),
            verdict.getAdmitted() ? "passes" : "stopped",
            verdict.getLatencyMs());
  }

  private static String subject(SafetyVerdict verdict) {
    return verdict.getWindow() == null
        ? "prompt"
        : "tokens %d-%d"
            .formatted(
                verdict.getWindow().getFromSequence(), verdict.getWindow().getToSequence() - 1);
  }

  /** Undecided, the mass says why: next to nothing is left for the guard's two words. */
  private static String score(SafetyVerdict verdict) {
    if (verdict.getScore() == null || verdict.getVerdictMass() == null) {
      return "";
    }
    return verdict.getOutcome() == VerdictOutcome.UNDECIDED
        ? String.format(Locale.ROOT, ", mass %.0e", verdict.getVerdictMass())
        : String.format(Locale.ROOT, ", score %.2f", verdict.getScore());
  }

  private static String categories(SafetyVerdict verdict) {
    return verdict.getCategories().isEmpty() ? "" : " " + String.join(" ", verdict.getCategories());
  }
}
