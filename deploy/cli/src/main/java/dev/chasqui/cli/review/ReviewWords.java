package dev.chasqui.cli.review;

import dev.chasqui.cli.terminal.Paint;
import dev.chasqui.cli.terminal.Paint.Tone;
import dev.chasqui.events.ReviewDecided;
import dev.chasqui.events.ReviewRequested;
import dev.chasqui.events.VerdictSubject;
import dev.chasqui.events.VerdictWindow;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** Reviews in words for a terminal. */
final class ReviewWords {

  private static final int SHORTEST_TEXT = 20;

  private ReviewWords() {}

  /** Returns a review as one line of at most so many columns where the terminal allows it. */
  static String line(Review review, Instant now, int columns, Paint paint) {
    ReviewRequested asked = review.asked();
    String head =
        "%s  %s %d  score %.2f%s  %s  "
            .formatted(
                review.requestId(),
                subject(asked),
                asked.getNumber(),
                asked.getScore(),
                asked.getCategories().isEmpty() ? "" : " " + asked.getCategories(),
                review.isOpen() ? left(asked, now) : lower(end(review)));
    int room = Math.max(SHORTEST_TEXT, columns - head.length());
    return paint.paint(Tone.STRONG, review.requestId())
        + head.substring(review.requestId().length())
        + paint.paint(Tone.FAINT, shortened(asked.getText(), room));
  }

  /** Returns all that is known of a review. */
  static String page(Review review, Instant now) {
    ReviewRequested asked = review.asked();
    StringBuilder page = new StringBuilder();
    line(page, "request", review.requestId());
    line(page, "review", asked.getNumber() + " of the " + subject(asked) + window(asked));
    line(page, "tenant", asked.getTenant());
    line(page, "asked", review.time().toString());
    if (asked.getPolicy() != null) {
      line(page, "policy", asked.getPolicy().getPolicyId() + "@" + asked.getPolicy().getVersion());
    }
    line(page, "score", String.format(Locale.ROOT, "%.3f", asked.getScore()));
    if (!asked.getCategories().isEmpty()) {
      line(page, "categories", String.join(" ", asked.getCategories()));
    }
    line(page, "state", review.isOpen() ? "open, " + left(asked, now) : end(review));
    section(
        page, asked.getPart().isEmpty() ? "text" : "text of " + asked.getPart(), asked.getText());
    if (!asked.getContext().isEmpty()) {
      section(page, "conversation", asked.getContext());
    }
    review
        .end()
        .map(Review.End::decided)
        .map(ReviewDecided::getEditedText)
        .ifPresent(edited -> section(page, "edited text", edited));
    return page.toString();
  }

  /** Says how a review ended, by whom, when and why. */
  static String end(Review review) {
    Review.End end = review.end().orElseThrow();
    ReviewDecided decided = end.decided();
    String how =
        switch (decided.getDecision()) {
          case APPROVE -> "approved";
          case EDIT -> "edited";
          case REJECT -> "rejected";
          case TIMED_OUT -> "timed out";
          case WITHDRAWN -> "withdrawn";
          case UNKNOWN -> "ended by a decision that this version does not know";
        };
    String who = decided.getReviewer().isEmpty() ? "" : " by " + decided.getReviewer();
    String why = decided.getReason().isEmpty() ? "" : " (" + decided.getReason() + ")";
    return how + who + " at " + end.time() + why;
  }

  static String subject(ReviewRequested asked) {
    return asked.getSubject() == VerdictSubject.RESPONSE ? "answer" : "prompt";
  }

  private static String window(ReviewRequested asked) {
    VerdictWindow window = asked.getWindow();
    return window == null
        ? ""
        : ", choice %d, tokens %d-%d"
            .formatted(window.getChoice(), window.getFromSequence(), window.getToSequence() - 1);
  }

  private static String left(ReviewRequested asked, Instant now) {
    if (asked.getExpiry() == null) {
      return "no time limit";
    }
    Duration left = Duration.between(now, asked.getExpiry()).truncatedTo(ChronoUnit.SECONDS);
    String then = lower(asked.getUnanswered().toString());
    return left.isNegative()
        ? "overdue, then " + then
        : "%s left, then %s".formatted(left.toString().substring(2).toLowerCase(Locale.ROOT), then);
  }

  private static String lower(String words) {
    return words.toLowerCase(Locale.ROOT);
  }

  private static void line(StringBuilder page, String name, String value) {
    page.append(String.format("%-11s %s%n", name, value));
  }

  private static void section(StringBuilder page, String name, String text) {
    page.append(String.format("%n%s%n", name));
    text.lines().forEach(line -> page.append("  ").append(line).append('\n'));
  }

  private static String shortened(String text, int room) {
    String line = text.replaceAll("\\s+", " ").strip();
    return line.length() <= room ? line : line.substring(0, room - 1) + "…";
  }
}
