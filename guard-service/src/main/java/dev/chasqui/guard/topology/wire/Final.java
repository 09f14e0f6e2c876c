package dev.chasqui.guard.topology.wire;

import dev.chasqui.events.GenerationFinished;
import dev.chasqui.events.ResponseCancelled;
import dev.chasqui.events.ResponseEvent;
import dev.chasqui.events.ResponseExpired;
import dev.chasqui.events.ResponseFailed;
import dev.chasqui.events.ResponseFinished;
import dev.chasqui.events.ResponseRejected;
import dev.chasqui.events.ResponseType;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The last word on a request. */
public sealed interface Final {

  /**
   * The answer is complete, judged and released.
   *
   * @param finished how the generation ended
   */
  record Finished(GenerationFinished finished) implements Final {}

  /**
   * Prompt or answer was not let through.
   *
   * @param code stable code
   * @param message what is wrong, the value, the limit, what to do
   * @param field the field of the prompt at fault, if it is not the content
   * @param categories hazard categories of the verdict
   */
  record Rejected(String code, String message, Optional<String> field, List<String> categories)
      implements Final {

    /**
     * Returns a rejection of what was said, not of a field.
     *
     * @param code stable code
     * @param message why
     * @param categories hazard categories of the verdict
     * @return the rejection
     */
    public static Rejected content(String code, String message, List<String> categories) {
      return new Rejected(code, message, Optional.empty(), categories);
    }

    /**
     * Returns the rejection of a field's value.
     *
     * @param code stable code
     * @param field the field, in camel case as in the schema
     * @param message what is wrong, the value, the limit, what to do
     * @return the rejection
     */
    public static Rejected field(String code, String field, String message) {
      return new Rejected(code, message, Optional.of(field), List.of());
    }
  }

  /**
   * Somebody cancelled the request.
   *
   * @param reason why, as the cancellation said
   */
  record Cancelled(String reason) implements Final {}

  /**
   * The deadline passed.
   *
   * @param deadline the deadline of the request
   */
  record Expired(Instant deadline) implements Final {}

  /**
   * The request could not be served.
   *
   * @param code stable code
   * @param message what is wrong, the value, the limit, what to do
   */
  record Failed(String code, String message) implements Final {}

  /**
   * Puts this into a response.
   *
   * @param response a response without type and body
   */
  default void into(ResponseEvent.Builder response) {
    switch (this) {
      case Finished(GenerationFinished end) ->
          response
              .setType(ResponseType.FINISHED)
              .setFinished(
                  new ResponseFinished(
                      end.getReason(), end.getUsage(), end.getTimings(), end.getChoices()));
      case Rejected(var code, var message, var field, var categories) ->
          response
              .setType(ResponseType.REJECTED)
              .setRejected(new ResponseRejected(code, message, field.orElse(null), categories));
      case Cancelled(String reason) ->
          response.setType(ResponseType.CANCELLED).setCancelled(new ResponseCancelled(reason));
      case Expired(Instant deadline) ->
          response.setType(ResponseType.EXPIRED).setExpired(new ResponseExpired(deadline));
      case Failed(String code, String message) ->
          response.setType(ResponseType.FAILED).setFailed(new ResponseFailed(code, message));
    }
  }
}
