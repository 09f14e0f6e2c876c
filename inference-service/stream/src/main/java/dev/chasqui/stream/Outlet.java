package dev.chasqui.stream;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * The way out to one byte sink of the topology; refuses, as a value, what could not be sent.
 *
 * <p>Serializes once: the sink takes bytes. Belongs to the stream thread.
 *
 * @param <V> the values
 */
public final class Outlet<V> {

  private final ProcessorContext<byte[], byte[]> context;
  private final Sink sink;
  private final Serializer<V> serializer;
  private final RecordLimit limit;

  /**
   * A sink of the topology.
   *
   * @param node its name in the topology
   * @param topic the topic that it writes, for the serializer
   */
  public record Sink(String node, String topic) {}

  /**
   * Opens the way.
   *
   * @param context where records are forwarded
   * @param sink where they go
   * @param serializer the form of the values
   * @param limit the producer's limit
   */
  public Outlet(
      ProcessorContext<byte[], byte[]> context,
      Sink sink,
      Serializer<V> serializer,
      RecordLimit limit) {
    this.context = context;
    this.sink = sink;
    this.serializer = serializer;
    this.limit = limit;
  }

  /**
   * Forwards a record if it can be sent, with the wall clock as its time.
   *
   * @param key becomes UTF-8
   * @param value the value
   * @return {@link Measured.TooLarge} if nothing was forwarded
   */
  public Measured forward(String key, V value) {
    Headers headers = new RecordHeaders();
    byte[] keyBytes = key.getBytes(StandardCharsets.UTF_8);
    byte[] valueBytes = serializer.serialize(sink.topic(), headers, value);
    Measured measured = limit.measure(keyBytes, valueBytes, headers);
    if (measured instanceof Measured.Fits) {
      long now = context.currentSystemTimeMs();
      context.forward(new Record<>(keyBytes, valueBytes, now, headers), sink.node());
    }
    return measured;
  }
}
