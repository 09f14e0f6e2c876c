package dev.chasqui.cli.kafka;

import dev.chasqui.cli.CommandException;
import dev.chasqui.schemas.serde.DecodeOutcome;
import dev.chasqui.schemas.serde.RecordDecoder;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Records of Chasqui's own topics, which must be readable. */
public final class Decoding {

  private Decoding() {}

  /**
   * Reads a record.
   *
   * @param <T> its events
   * @param decoder reads them
   * @param each the record
   * @return its event
   * @throws CommandException if it cannot be read
   */
  public static <T> T require(RecordDecoder<T> decoder, ConsumerRecord<byte[], byte[]> each) {
    return switch (decoder.decode(each.topic(), each.headers(), each.value())) {
      case DecodeOutcome.Readable<T>(T value) -> value;
      case DecodeOutcome.Malformed<T>(String code, String message) ->
          throw new CommandException(
              "%s-%d@%d cannot be read: %s (%s)"
                  .formatted(each.topic(), each.partition(), each.offset(), message, code));
    };
  }
}
