package dev.chasqui.guard.topology.review;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.Record;

/** What a request id must be, and that it is the key of its records. */
public final class RequestKey {

  private static final int LONGEST_ID = 256;
  private static final int SHORT = 80;

  private RequestKey() {}

  /**
   * Says what is wrong with the id of a record, if something is.
   *
   * @param record the record
   * @param requestId the id that its event names
   * @return what is wrong, the value, the limit, what to do
   */
  public static Optional<String> problem(Record<byte[], byte[]> record, String requestId) {
    if (requestId.isBlank() || requestId.length() > LONGEST_ID) {
      return Optional.of(
          "requestId is \"%s\" of %d characters: it must have 1 to %d. Give each prompt an id of its own."
              .formatted(shortened(requestId), requestId.length(), LONGEST_ID));
    }
    String key = record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8);
    return key.equals(requestId)
        ? Optional.empty()
        : Optional.of(
            "the record's key is \"%s\" and its requestId \"%s\": both must be the same, in UTF-8. Key the record by its requestId."
                .formatted(shortened(key), requestId));
  }

  /**
   * Shortens a text that a message quotes.
   *
   * @param text any
   * @return its beginning
   */
  public static String shortened(String text) {
    return text.length() <= SHORT ? text : text.substring(0, SHORT) + "…";
  }
}
