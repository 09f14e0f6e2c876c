package dev.chasqui.stream;

/** Whether a record can be sent at all. */
public sealed interface Measured {

  /**
   * It can, and was written.
   *
   * @param bytes upper bound of its size on the wire
   */
  record Fits(int bytes) implements Measured {}

  /**
   * It cannot, and nothing was written. The request that it belongs to has to end as failed.
   *
   * @param bytes upper bound of its size on the wire
   * @param limit the producer's {@code max.request.size}
   */
  record TooLarge(int bytes, int limit) implements Measured {

    /**
     * Says so in words.
     *
     * @param what the record, for example {@code the admitted request}
     * @return what is wrong, the value, the limit, what to do
     */
    public String message(String what) {
      return "%s takes %,d bytes as a record, but at most %,d can be sent. Shorten the request, or raise max-request-size here and max.message.bytes of the topics."
          .formatted(what, bytes, limit);
    }
  }
}
