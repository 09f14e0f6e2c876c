package dev.chasqui.schemas.registry;

import org.apache.kafka.common.errors.SerializationException;

/** The registry refuses to register our schema: it is incompatible, invalid or unwanted. */
public final class SchemaRefusedException extends SerializationException {
  private static final long serialVersionUID = 1L;

  /**
   * Says what was refused and why.
   *
   * @param message the subject and the registry's own words
   */
  public SchemaRefusedException(String message) {
    super(message);
  }
}
