package dev.chasqui.stream;

import dev.chasqui.schemas.deadletter.DeadLetter;
import dev.chasqui.schemas.serde.DecodeOutcome;
import dev.chasqui.schemas.serde.RecordDecoder;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * The way in from one byte source: what cannot be read goes to the dead letters as it came, in the
 * same transaction.
 *
 * <p>A registry that cannot be reached is an exception of the decoder: it ends the incarnation and
 * the record is read again. Belongs to the stream thread, and to {@link AsyncTask#onRecord}.
 *
 * @param <T> the events
 */
public final class Inlet<T> {

  private static final byte[] NO_KEY = {};

  private final ProcessorContext<byte[], byte[]> context;
  private final RecordDecoder<T> decoder;
  private final String deadLetterNode;
  private final RecordLimit limit;

  /**
   * Opens the way.
   *
   * @param context where dead letters are forwarded
   * @param decoder reads the values
   * @param deadLetterNode name of the byte sink of the dead letters
   * @param limit the producer's limit
   */
  public Inlet(
      ProcessorContext<byte[], byte[]> context,
      RecordDecoder<T> decoder,
      String deadLetterNode,
      RecordLimit limit) {
    this.context = context;
    this.decoder = decoder;
    this.deadLetterNode = deadLetterNode;
    this.limit = limit;
  }

  /**
   * Reads a record.
   *
   * @param record the record that is being processed
   * @return its event; empty if it went to the dead letters
   */
  public Optional<T> read(Record<byte[], byte[]> record) {
    return switch (decoder.decode(source().topic(), record.headers(), record.value())) {
      case DecodeOutcome.Readable<T>(T event) -> Optional.of(event);
      case DecodeOutcome.Malformed<T>(String code, String message) -> {
        putAside(record, code, message);
        yield Optional.empty();
      }
    };
  }

  /**
   * Sends a record to the dead letters. A value that leaves no room for our headers is cut at its
   * end, and the message says so.
   *
   * @param record the record that is being processed
   * @param code stable code, in kebab case
   * @param message what is wrong
   */
  public void putAside(Record<byte[], byte[]> record, String code, String message) {
    Headers headers = letter(code, message).headers(record.headers());
    byte @Nullable [] value = record.value();
    if (limit.measure(keyOf(record), value, headers) instanceof Measured.TooLarge tooLarge) {
      int cut = Math.max(0, value.length - (tooLarge.bytes() - tooLarge.limit()) - 64);
      String note = "cut from " + value.length + " bytes; ";
      headers = letter(code, note + message).headers(record.headers());
      value = Arrays.copyOf(value, cut);
    }
    context.forward(
        new Record<>(record.key(), value, context.currentSystemTimeMs(), headers), deadLetterNode);
  }

  private DeadLetter letter(String code, String message) {
    RecordMetadata source = source();
    TopicPartition partition = new TopicPartition(source.topic(), source.partition());
    Instant now = Instant.ofEpochMilli(context.currentSystemTimeMs());
    return new DeadLetter(code, message, partition, source.offset(), now);
  }

  private RecordMetadata source() {
    return context
        .recordMetadata()
        .orElseThrow(() -> new IllegalStateException("records are read in onRecord only"));
  }

  private static byte[] keyOf(Record<byte[], byte[]> record) {
    return record.key() == null ? NO_KEY : record.key();
  }
}
