package dev.chasqui.schemas.serde;

/**
 * What became of a record's bytes.
 *
 * @param <T> the events of the topic
 */
public sealed interface DecodeOutcome<T> {

  /**
   * The bytes are an event.
   *
   * @param value the event
   * @param <T> the events of the topic
   */
  record Readable<T>(T value) implements DecodeOutcome<T> {}

  /**
   * The bytes are no event and never will be: a dead letter.
   *
   * @param code a stable code: {@code malformed-record}, {@code unknown-schema}, {@code
   *     unexpected-type} or {@code empty-record}
   * @param message what is wrong
   * @param <T> the events of the topic
   */
  record Malformed<T>(String code, String message) implements DecodeOutcome<T> {}
}
