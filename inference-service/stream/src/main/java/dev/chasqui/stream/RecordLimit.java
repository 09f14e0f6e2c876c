package dev.chasqui.stream;

import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * The size above which a producer refuses a record.
 *
 * <p>It must be known before: a refused changelog record kills its stream thread, and the one that
 * replaces it, and no handler can skip it.
 *
 * @param maxRequestSize the producer's {@code max.request.size}, in bytes
 */
public record RecordLimit(int maxRequestSize) {

  /**
   * More than a batch of one record adds: 61 bytes for the batch, 21 for the record, 10 for a
   * header each (KIP-98), rounded up.
   */
  private static final int OVERHEAD = 256;

  private static final int HEADER_OVERHEAD = 10;

  /** Checks the limit. */
  public RecordLimit {
    if (maxRequestSize < 1024) {
      throw new IllegalArgumentException(
          "max-request-size is " + maxRequestSize + " bytes: it must be 1024 at least");
    }
  }

  /**
   * Measures a record.
   *
   * @param key the serialized key
   * @param value the serialized value, or null for a deletion
   * @param headers the headers
   * @return whether it can be sent
   */
  public Measured measure(byte[] key, byte @Nullable [] value, Headers headers) {
    long bytes = OVERHEAD + (long) key.length + (value == null ? 0 : value.length);
    for (Header header : headers) {
      byte @Nullable [] content = header.value();
      // A character of a header's name takes at most 3 bytes of UTF-8.
      bytes +=
          HEADER_OVERHEAD + 3L * header.key().length() + (content == null ? 0 : content.length);
    }
    int upperBound = (int) Math.min(bytes, Integer.MAX_VALUE);
    return bytes <= maxRequestSize
        ? new Measured.Fits(upperBound)
        : new Measured.TooLarge(upperBound, maxRequestSize);
  }
}
