package dev.chasqui.cli.kafka;

import dev.chasqui.cli.terminal.Paint;
import dev.chasqui.cli.terminal.Paint.Tone;
import dev.chasqui.schemas.deadletter.DeadLetter;
import dev.chasqui.schemas.serde.DecodeOutcome;
import dev.chasqui.schemas.serde.RecordDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Shows records of any topic of ours: events decoded, anything else by its size and headers. */
final class RecordView {

  private static final JsonMapper JSON = new JsonMapper();
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT).withZone(ZoneId.systemDefault());

  private final Connection connection;
  private final Map<String, RecordDecoder<? extends SpecificRecord>> decoders = new HashMap<>();
  private final Paint paint;

  RecordView(Connection connection, Paint paint) {
    this.connection = connection;
    this.paint = paint;
  }

  /** Returns a record as one line for people: time, place, key, type, body. */
  String line(ConsumerRecord<byte[], byte[]> each) {
    ObjectNode value = value(each);
    String type = value.path("type").asString(value.path("outcome").asString(""));
    value.remove("type");
    value.remove("requestId");
    value.remove("time");
    return "%s %s %s %s %s"
        .formatted(
            paint.paint(Tone.FAINT, TIME.format(Instant.ofEpochMilli(each.timestamp()))),
            paint.paint(Tone.FAINT, each.partition() + "@" + each.offset()),
            paint.paint(Tone.STRONG, Follower.key(each)),
            paint.paint(tone(type), type),
            value)
        .replaceAll(" {2,}", " ");
  }

  private static Tone tone(String type) {
    return switch (type) {
      case "FINISHED", "SAFE", "ADMITTED" -> Tone.GOOD;
      case "REJECTED", "FAILED", "UNSAFE", "STOP", "RETRACTED" -> Tone.BAD;
      case "UNDECIDED", "REVIEW", "EXPIRED", "CANCELLED", "DUPLICATE" -> Tone.UNSURE;
      default -> Tone.CALM;
    };
  }

  /** Returns a record as one JSON object. */
  String json(ConsumerRecord<byte[], byte[]> each) {
    ObjectNode fields =
        JSON.createObjectNode()
            .put("topic", each.topic())
            .put("partition", each.partition())
            .put("offset", each.offset())
            .put("timestamp", Instant.ofEpochMilli(each.timestamp()).toString())
            .put("key", Follower.key(each));
    fields.set("value", value(each));
    return fields.toString();
  }

  private ObjectNode value(ConsumerRecord<byte[], byte[]> each) {
    if (each.headers().lastHeader(DeadLetter.CODE) != null) {
      return raw(each, "dead letter");
    }
    return event(decoders.computeIfAbsent(each.topic(), this::decoder), each);
  }

  private static <T extends SpecificRecord> ObjectNode event(
      RecordDecoder<T> decoder, ConsumerRecord<byte[], byte[]> each) {
    return switch (decoder.decode(each.topic(), each.headers(), each.value())) {
      case DecodeOutcome.Readable<T>(T event) -> EventJson.of(event);
      case DecodeOutcome.Malformed<T>(String code, String message) ->
          raw(each, code).put("message", message);
    };
  }

  private RecordDecoder<? extends SpecificRecord> decoder(String topic) {
    return connection.serdes().decoder(EventTypes.of(connection.topics(), topic));
  }

  private static ObjectNode raw(ConsumerRecord<byte[], byte[]> each, String type) {
    ObjectNode fields =
        JSON.createObjectNode()
            .put("type", type)
            .put("bytes", each.value() == null ? 0 : each.value().length);
    JsonNode headers = fields.putObject("headers");
    for (Header header : each.headers()) {
      ((ObjectNode) headers).put(header.key(), text(header.value()));
    }
    return fields;
  }

  private static String text(byte[] value) {
    return value == null ? "" : new String(value, StandardCharsets.UTF_8);
  }
}
