package dev.chasqui.cli.review;

import dev.chasqui.cli.CommandException;
import dev.chasqui.cli.kafka.Connection;
import dev.chasqui.cli.kafka.Decoding;
import dev.chasqui.cli.kafka.TopicReader;
import dev.chasqui.events.ReviewEvent;
import dev.chasqui.schemas.serde.RecordDecoder;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** The reviews that a topic tells of. Owned by one thread. */
final class ReviewBoard {

  private final Map<Review.Key, Review> reviews = new LinkedHashMap<>();

  /** Reads what is there now. */
  static ReviewBoard read(Connection connection) {
    ReviewBoard board = new ReviewBoard();
    try (RecordDecoder<ReviewEvent> decoder = connection.serdes().decoder(ReviewEvent.class)) {
      TopicReader.readAll(
          connection,
          List.of(connection.topics().reviews()),
          each -> board.accept(Decoding.require(decoder, each)));
    }
    return board;
  }

  /** Takes the next event of the topic. */
  void accept(ReviewEvent event) {
    switch (event.getType()) {
      case REQUESTED -> {
        Review review = Review.of(event);
        reviews.put(review.key(), review);
      }
      case DECIDED ->
          reviews.computeIfPresent(
              new Review.Key(
                  event.getRequestId(),
                  event.getDecided().getSubject(),
                  event.getDecided().getNumber()),
              (key, review) -> review.ended(event));
      case UNKNOWN -> {
        // of a later version: nothing that this one could show
      }
    }
  }

  /** Returns all reviews, the longest asked first. */
  List<Review> all() {
    return reviews.values().stream().sorted(Comparator.comparing(Review::time)).toList();
  }

  /** Returns the reviews that wait for a decision, the longest asked first. */
  List<Review> open() {
    return all().stream().filter(Review::isOpen).toList();
  }

  /**
   * Returns the reviews of a request, the first one first.
   *
   * @throws CommandException if there are none
   */
  List<Review> of(String requestId) {
    List<Review> found =
        all().stream().filter(review -> review.requestId().equals(requestId)).toList();
    if (found.isEmpty()) {
      throw new CommandException(
          "no review of request %s was ever asked for. `chasqui review list` shows what is open."
              .formatted(requestId));
    }
    return found;
  }

  /**
   * Returns the review to decide.
   *
   * @param requestId its request
   * @param number its number, where a person named one
   * @throws CommandException if there is none, it has ended, or there are several
   */
  Review toDecide(String requestId, OptionalInt number) {
    List<Review> candidates =
        of(requestId).stream()
            .filter(review -> number.isEmpty() || number.getAsInt() == review.asked().getNumber())
            .toList();
    List<Review> open = candidates.stream().filter(Review::isOpen).toList();
    if (candidates.isEmpty()) {
      throw new CommandException(
          "request %s has no review %d. See `chasqui review show %s`."
              .formatted(requestId, number.orElseThrow(), requestId));
    }
    if (open.isEmpty()) {
      throw new CommandException(
          "the review of request %s has ended: %s. There is nothing left to decide."
              .formatted(requestId, ReviewWords.end(candidates.getLast())));
    }
    if (open.size() > 1) {
      throw new CommandException(
          "request %s has %d open reviews: %s. Name one with --number."
              .formatted(
                  requestId,
                  open.size(),
                  open.stream().map(review -> review.asked().getNumber()).toList()));
    }
    return open.getFirst();
  }
}
