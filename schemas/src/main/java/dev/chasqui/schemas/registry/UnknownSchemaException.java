package dev.chasqui.schemas.registry;

import org.apache.kafka.common.errors.SerializationException;

/** The registry answered and knows no such schema: the record that names it is malformed. */
public final class UnknownSchemaException extends SerializationException {
  private static final long serialVersionUID = 1L;

  /**
   * Says which schema is unknown to whom.
   *
   * @param message what was asked for and which registry denied it
   */
  public UnknownSchemaException(String message) {
    super(message);
  }
}
