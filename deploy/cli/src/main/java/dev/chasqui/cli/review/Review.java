package dev.chasqui.cli.review;

import dev.chasqui.events.ReviewDecided;
import dev.chasqui.events.ReviewEvent;
import dev.chasqui.events.ReviewRequested;
import dev.chasqui.events.VerdictSubject;
import java.time.Instant;
import java.util.Optional;

/**
 * One review: what a person was asked, and how it ended if it has.
 *
 * @param requestId the request
 * @param time when it was asked
 * @param asked the question
 * @param end when and how it ended
 */
record Review(String requestId, Instant time, ReviewRequested asked, Optional<End> end) {

  /**
   * How a review ended.
   *
   * @param time when the guard acted on it
   * @param decided who decided what and why
   */
  record End(Instant time, ReviewDecided decided) {}

  /**
   * What names a review.
   *
   * @param requestId the request
   * @param subject prompt or answer
   * @param number which review of that subject
   */
  record Key(String requestId, VerdictSubject subject, int number) {}

  static Review of(ReviewEvent event) {
    return new Review(
        event.getRequestId(), event.getTime(), event.getRequested(), Optional.empty());
  }

  Review ended(ReviewEvent event) {
    return new Review(
        requestId, time, asked, Optional.of(new End(event.getTime(), event.getDecided())));
  }

  boolean isOpen() {
    return end.isEmpty();
  }

  Key key() {
    return new Key(requestId, asked.getSubject(), asked.getNumber());
  }
}
