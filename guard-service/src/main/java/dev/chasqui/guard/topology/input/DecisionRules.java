package dev.chasqui.guard.topology.input;

import dev.chasqui.events.ReviewDecided;
import dev.chasqui.events.ReviewDecision;
import dev.chasqui.events.ReviewEvent;
import dev.chasqui.events.ReviewType;
import dev.chasqui.guard.topology.state.PromptPhase;
import dev.chasqui.guard.topology.state.SeenPrompt;
import java.util.Optional;
import java.util.Set;

/** What a decision must be to be acted on. */
final class DecisionRules {

  private static final Set<ReviewDecision> OF_PEOPLE =
      Set.of(ReviewDecision.APPROVE, ReviewDecision.EDIT, ReviewDecision.REJECT);
  private static final int LONGEST_REVIEWER = 256;

  private DecisionRules() {}

  /**
   * Why a decision is put aside.
   *
   * @param code stable code
   * @param message what is wrong, the value, the limit, what to do
   */
  record Problem(String code, String message) {}

  /** Looks at a decision by itself. */
  static Optional<Problem> ofForm(ReviewEvent event) {
    ReviewDecided decided = event.getDecided();
    if (event.getType() != ReviewType.DECIDED || decided == null) {
      return invalid(
          "the event is of type %s: this topic takes DECIDED with its body alone"
              .formatted(event.getType()));
    }
    if (!OF_PEOPLE.contains(decided.getDecision())) {
      return invalid(
          "decision is %s: a reviewer may APPROVE, EDIT or REJECT"
              .formatted(decided.getDecision()));
    }
    return ofReviewer(decided.getReviewer()).or(() -> ofText(decided));
  }

  private static Optional<Problem> ofReviewer(String reviewer) {
    return reviewer.isBlank() || reviewer.length() > LONGEST_REVIEWER
        ? Optional.of(
            new Problem(
                "reviewer-missing",
                "reviewer is \"%s\" of %d characters: who decides is named in 1 to %d. Send the decision again with a name."
                    .formatted(
                        PromptRules.shortened(reviewer), reviewer.length(), LONGEST_REVIEWER)))
        : Optional.empty();
  }

  private static Optional<Problem> ofText(ReviewDecided decided) {
    String text = decided.getEditedText();
    if (decided.getDecision() == ReviewDecision.EDIT) {
      return text == null || text.isBlank()
          ? invalid("decision is EDIT without editedText: give the text that is to be judged")
          : Optional.empty();
    }
    return text == null
        ? Optional.empty()
        : invalid(
            "decision is %s with an editedText: only EDIT has one. Leave it out, or EDIT."
                .formatted(decided.getDecision()));
  }

  /** Looks at whether a prompt waits for this decision. */
  static Optional<Problem> ofState(ReviewDecided decided, String id, SeenPrompt seen) {
    if (seen.getReviews() == 0) {
      return Optional.of(unknown(id, "no review of it was ever asked for"));
    }
    if (seen.getPhase() != PromptPhase.PARKED) {
      return alreadyDecided(
          "%s is %s: its review ended before this decision came. Nothing is left to decide."
              .formatted(id, seen.getPhase()));
    }
    int number = decided.getNumber();
    if (number > seen.getReviews()) {
      return Optional.of(
          unknown(id, "review %d of it is open, not %d".formatted(seen.getReviews(), number)));
    }
    return number == 0 || number == seen.getReviews()
        ? Optional.empty()
        : alreadyDecided(
            "review %d of %s has ended and review %d is open: its text is another one. Read it and decide again."
                .formatted(number, id, seen.getReviews()));
  }

  static Problem unknown(String id, String why) {
    return new Problem(
        "unknown-review",
        "request \"%s\" waits for no such decision: %s. See `chasqui review list`."
            .formatted(PromptRules.shortened(id), why));
  }

  private static Optional<Problem> invalid(String message) {
    return Optional.of(new Problem("invalid-decision", message));
  }

  private static Optional<Problem> alreadyDecided(String message) {
    return Optional.of(new Problem("already-decided", message));
  }
}
