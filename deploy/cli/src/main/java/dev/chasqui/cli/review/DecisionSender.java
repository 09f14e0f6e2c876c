package dev.chasqui.cli.review;

import dev.chasqui.cli.CommandException;
import dev.chasqui.cli.kafka.Connection;
import dev.chasqui.cli.kafka.Decoding;
import dev.chasqui.cli.kafka.TopicReader;
import dev.chasqui.events.ReviewDecided;
import dev.chasqui.events.ReviewEvent;
import dev.chasqui.events.ReviewType;
import dev.chasqui.schemas.serde.RecordDecoder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.InterruptException;

/** Writes decisions, and waits until the guard has acted on them. */
final class DecisionSender {

  private static final Duration TICK = Duration.ofMillis(200);

  private final Connection connection;
  private final Duration patience;

  DecisionSender(Connection connection, Duration patience) {
    this.connection = connection;
    this.patience = patience;
  }

  /**
   * Sends a decision.
   *
   * @param review what is decided
   * @param decided the decision
   * @return the review as it ended; still open where nobody waits for that
   * @throws CommandException if the guard does not act within the patience
   */
  Review send(Review review, ReviewDecided decided) {
    List<String> topics = List.of(connection.topics().reviews());
    if (patience.isZero()) {
      write(review, decided);
      return review;
    }
    try (TopicReader reader = TopicReader.atEnd(connection, topics);
        RecordDecoder<ReviewEvent> decoder = connection.serdes().decoder(ReviewEvent.class)) {
      write(review, decided);
      long deadline = System.nanoTime() + patience.toNanos();
      Review now = review;
      while (now.isOpen()) {
        if (System.nanoTime() > deadline) {
          throw unanswered(review);
        }
        for (ConsumerRecord<byte[], byte[]> each : reader.poll(TICK)) {
          now = after(now, Decoding.require(decoder, each));
        }
      }
      return now;
    }
  }

  private static Review after(Review review, ReviewEvent event) {
    boolean isOfThis =
        event.getType() == ReviewType.DECIDED
            && review
                .key()
                .equals(
                    new Review.Key(
                        event.getRequestId(),
                        event.getDecided().getSubject(),
                        event.getDecided().getNumber()));
    return isOfThis && review.isOpen() ? review.ended(event) : review;
  }

  private void write(Review review, ReviewDecided decided) {
    ReviewEvent event =
        ReviewEvent.newBuilder()
            .setRequestId(review.requestId())
            .setType(ReviewType.DECIDED)
            .setTime(Instant.now())
            .setDecided(decided)
            .build();
    try (Producer<String, ReviewEvent> producer = connection.producer(ReviewEvent.class)) {
      producer
          .send(
              new ProducerRecord<>(
                  connection.topics().reviewDecisions(), review.requestId(), event))
          .get();
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    } catch (ExecutionException e) {
      throw new CommandException(
          "the decision on %s was not accepted by Kafka: %s"
              .formatted(review.requestId(), e.getCause().getMessage()),
          e);
    }
  }

  private CommandException unanswered(Review review) {
    return new CommandException(
        "the decision on %s is written, but the guard did not act on it within %d s. It does when it reads it, or puts it aside with the reason: chasqui tail dead-letters --from-beginning --key %s"
            .formatted(review.requestId(), patience.toSeconds(), review.requestId()));
  }
}
