package dev.chasqui.guard.topology.wire;

import dev.chasqui.events.ReviewDecided;
import dev.chasqui.events.ReviewEvent;
import dev.chasqui.events.ReviewRequested;
import dev.chasqui.events.ReviewType;
import dev.chasqui.stream.Measured;
import dev.chasqui.stream.Outlet;
import java.time.Instant;
import java.util.function.Supplier;

/** Writes what a person is asked, and what was decided. */
public final class ReviewEvents {

  private static final String NO_CONTEXT =
      "[the conversation is too large for this record; read it in the topic of prompts]";

  private final Outlet<ReviewEvent> outlet;
  private final Supplier<Instant> clock;

  /**
   * Writes to the topic of reviews.
   *
   * @param outlet the way there
   * @param clock wall clock
   */
  public ReviewEvents(Outlet<ReviewEvent> outlet, Supplier<Instant> clock) {
    this.outlet = outlet;
    this.clock = clock;
  }

  /**
   * Asks a person. A conversation that makes the question too large to be sent is left out.
   *
   * @param requestId the request
   * @param request the question
   * @return whether it could be sent
   */
  public Measured requested(String requestId, ReviewRequested request) {
    Measured whole = outlet.forward(requestId, event(requestId, request));
    if (whole instanceof Measured.Fits || request.getContext().isEmpty()) {
      return whole;
    }
    ReviewRequested alone = ReviewRequested.newBuilder(request).setContext(NO_CONTEXT).build();
    return outlet.forward(requestId, event(requestId, alone));
  }

  /**
   * Tells what was decided and acted on.
   *
   * @param requestId the request
   * @param decided the decision
   * @return whether it could be sent
   */
  public Measured decided(String requestId, ReviewDecided decided) {
    return outlet.forward(
        requestId,
        ReviewEvent.newBuilder()
            .setRequestId(requestId)
            .setType(ReviewType.DECIDED)
            .setTime(clock.get())
            .setDecided(decided)
            .build());
  }

  private ReviewEvent event(String requestId, ReviewRequested request) {
    return ReviewEvent.newBuilder()
        .setRequestId(requestId)
        .setType(ReviewType.REQUESTED)
        .setTime(clock.get())
        .setRequested(request)
        .build();
  }
}
