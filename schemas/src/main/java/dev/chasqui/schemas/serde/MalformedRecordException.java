package dev.chasqui.schemas.serde;

import org.apache.kafka.common.errors.SerializationException;

/** The bytes of a record are not what its topic holds, whoever reads them and whenever. */
public final class MalformedRecordException extends SerializationException {
  private static final long serialVersionUID = 1L;

  /**
   * Says what is wrong with the bytes.
   *
   * @param message what was found and what was expected
   */
  public MalformedRecordException(String message) {
    super(message);
  }

  /**
   * Says what is wrong with the bytes.
   *
   * @param message what was found and what was expected
   * @param cause what the Avro reader said
   */
  public MalformedRecordException(String message, Throwable cause) {
    super(message, cause);
  }
}
