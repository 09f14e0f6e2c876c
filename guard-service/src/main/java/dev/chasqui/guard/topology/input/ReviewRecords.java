package dev.chasqui.guard.topology.input;

import dev.chasqui.events.Admitted;
import dev.chasqui.events.PolicyReference;
import dev.chasqui.events.PromptSubmitted;
import dev.chasqui.events.ReviewDecided;
import dev.chasqui.events.ReviewDecision;
import dev.chasqui.events.ReviewRequested;
import dev.chasqui.events.VerdictSubject;
import dev.chasqui.guard.topology.state.OpenReview;
import dev.chasqui.guard.topology.state.SeenPrompt;
import dev.chasqui.guard.topology.wire.Final;

/** What is written about reviews of prompts: questions, decisions, and last words. */
final class ReviewRecords {

  private static final int LONGEST_REASON = 2000;

  private ReviewRecords() {}

  /** The question to a person. */
  static ReviewRequested request(
      Admitted prompt, ReviewQuestion question, OpenReview review, int number) {
    PromptSubmitted asked = prompt.getPrompt();
    return ReviewRequested.newBuilder()
        .setText(question.text())
        .setPart(question.part())
        .setContext(ReviewText.context(asked))
        .setScore(question.score())
        .setCategories(question.categories())
        .setSubject(VerdictSubject.PROMPT)
        .setNumber(number)
        .setTenant(asked.getTenant())
        .setPolicy(prompt.getPolicy())
        .setExpiry(review.getExpiry())
        .setUnanswered(
            review.getApprovesUnanswered() ? ReviewDecision.APPROVE : ReviewDecision.REJECT)
        .build();
  }

  /** The decision as it is told on: with the number of its review, and a reason that fits. */
  static ReviewDecided toldOn(ReviewDecided decided, SeenPrompt seen) {
    String reason = decided.getReason();
    return ReviewDecided.newBuilder(decided)
        .setSubject(VerdictSubject.PROMPT)
        .setNumber(seen.getReviews())
        .setReason(
            reason.length() <= LONGEST_REASON ? reason : reason.substring(0, LONGEST_REASON) + "…")
        .build();
  }

  /** What ends a review without a person. */
  static ReviewDecided ofGuard(ReviewDecision decision, String why, int number) {
    return ReviewDecided.newBuilder()
        .setDecision(decision)
        .setReason(why)
        .setSubject(VerdictSubject.PROMPT)
        .setNumber(number)
        .build();
  }

  static Final rejection(Admitted prompt, ReviewDecided decided, OpenReview review) {
    String reason = decided.getReason().isBlank() ? "no reason is given" : decided.getReason();
    return Final.Rejected.content(
        "review-rejected",
        "policy %s had a person decide on the prompt, who rejected it: %s"
            .formatted(name(prompt.getPolicy()), reason),
        review.getCategories());
  }

  /** Says that nobody decided, and what the policy does then. */
  static String unanswered(Admitted prompt, OpenReview review) {
    return "nobody decided by %s, and policy %s %s what is unanswered"
        .formatted(
            review.getExpiry(),
            name(prompt.getPolicy()),
            review.getApprovesUnanswered() ? "approves" : "rejects");
  }

  static Final timedOut(String why, OpenReview review) {
    return Final.Rejected.content("review-timed-out", why + ".", review.getCategories());
  }

  private static String name(PolicyReference policy) {
    return policy.getPolicyId() + "@" + policy.getVersion();
  }
}
