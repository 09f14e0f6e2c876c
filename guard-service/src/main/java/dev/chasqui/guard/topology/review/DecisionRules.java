package dev.chasqui.guard.topology.review;

import dev.chasqui.events.ReviewDecided;
import dev.chasqui.events.ReviewDecision;
import dev.chasqui.events.ReviewEvent;
import dev.chasqui.events.ReviewType;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.streams.processor.api.Record;

/** What a decision must be to be acted on. */
public final class DecisionRules {

  private static final Set<ReviewDecision> OF_PEOPLE =
      Set.of(ReviewDecision.APPROVE, ReviewDecision.EDIT, ReviewDecision.REJECT);
  private static final int LONGEST_REVIEWER = 256;

  private DecisionRules() {}

  /**
   * Looks at a decision by itself.
   *
   * @param record the record
   * @param event what it says
   * @return what is wrong, if something is
   */
  public static Optional<Problem> ofForm(Record<byte[], byte[]> record, ReviewEvent event) {
    return RequestKey.problem(record, event.getRequestId())
        .map(problem -> new Problem("invalid-request-id", problem))
        .or(() -> ofForm(event));
  }

  private static Optional<Problem> ofForm(ReviewEvent event) {
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
                        RequestKey.shortened(reviewer), reviewer.length(), LONGEST_REVIEWER)))
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

  /**
   * Looks at whether a decision is on the review that is open.
   *
   * @param id the request
   * @param number the review that the decision names; 0 for the open one
   * @param open the number of the open review
   * @return what is wrong, if something is
   */
  public static Optional<Problem> ofNumber(String id, int number, int open) {
    if (number > open) {
      return Optional.of(
          Problem.unknown(id, "review %d of it is open, not %d".formatted(open, number)));
    }
    return number == 0 || number == open
        ? Optional.empty()
        : Optional.of(
            Problem.alreadyDecided(
                "review %d of %s has ended and review %d is open: its text is another one. Read it and decide again."
                    .formatted(number, id, open)));
  }

  private static Optional<Problem> invalid(String message) {
    return Optional.of(new Problem("invalid-decision", message));
  }
}
