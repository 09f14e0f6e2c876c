package dev.chasqui.schemas.deadletter;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * Why a record became a dead letter, and where it was.
 *
 * <p>The headers are UTF-8 text; the time is ISO 8601.
 *
 * @param code a stable code, for example {@code malformed-record}
 * @param message what is wrong; cut to 1,000 characters, so that the letter stays near the size of
 *     the original
 * @param source the partition that held the record
 * @param offset its offset there
 * @param time when it was put aside
 */
public record DeadLetter(
    String code, String message, TopicPartition source, long offset, Instant time) {
  /** Header of the stable code. */
  public static final String CODE = "chasqui.error.code";

  /** Header of the explanation. */
  public static final String MESSAGE = "chasqui.error.message";

  /** Header of the topic that held the record. */
  public static final String TOPIC = "chasqui.error.topic";

  /** Header of the partition that held the record. */
  public static final String PARTITION = "chasqui.error.partition";

  /** Header of the record's offset. */
  public static final String OFFSET = "chasqui.error.offset";

  /** Header of the time when the record was put aside. */
  public static final String TIME = "chasqui.error.time";

  private static final int LONGEST_MESSAGE = 1000;

  /** Validates the code and shortens the message. */
  public DeadLetter {
    if (code.isBlank()) {
      throw new IllegalArgumentException("a dead letter needs a code");
    }
    if (message.length() > LONGEST_MESSAGE) {
      message = shortened(message);
    }
  }

  /** Cuts between characters, never inside a surrogate pair. */
  private static String shortened(String text) {
    int end = LONGEST_MESSAGE - 1;
    return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + "…";
  }

  /**
   * The headers of the letter: the original ones, then ours.
   *
   * @param original the record's headers; not changed
   * @return a new list
   */
  public Headers headers(Iterable<Header> original) {
    Headers headers = new RecordHeaders(original);
    add(headers, CODE, code);
    add(headers, MESSAGE, message);
    add(headers, TOPIC, source.topic());
    add(headers, PARTITION, Integer.toString(source.partition()));
    add(headers, OFFSET, Long.toString(offset));
    add(headers, TIME, time.toString());
    return headers;
  }

  /**
   * The whole letter: key, value and headers of the original, with ours behind them.
   *
   * @param topic the topic of dead letters
   * @param original the record that nobody can read
   * @return what to send
   */
  public ProducerRecord<byte[], byte[]> letter(
      String topic, ConsumerRecord<byte[], byte[]> original) {
    return new ProducerRecord<>(
        topic, null, original.key(), original.value(), headers(original.headers()));
  }

  /**
   * Reads the reason off a letter.
   *
   * @param headers the letter's headers
   * @return the reason; empty if the headers are not those of a dead letter
   */
  public static Optional<DeadLetter> read(Headers headers) {
    try {
      TopicPartition source =
          new TopicPartition(text(headers, TOPIC), Integer.parseInt(text(headers, PARTITION)));
      return Optional.of(
          new DeadLetter(
              text(headers, CODE),
              text(headers, MESSAGE),
              source,
              Long.parseLong(text(headers, OFFSET)),
              Instant.parse(text(headers, TIME))));
    } catch (IllegalArgumentException | DateTimeException e) {
      return Optional.empty();
    }
  }

  private static String text(Headers headers, String key) {
    Header header = headers.lastHeader(key);
    if (header == null || header.value() == null) {
      throw new IllegalArgumentException("no header " + key);
    }
    return new String(header.value(), StandardCharsets.UTF_8);
  }

  private static void add(Headers headers, String key, String value) {
    headers.add(key, value.getBytes(StandardCharsets.UTF_8));
  }
}
