package dev.chasqui.schemas.serde;

import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;

/** Finds the generated class of a schema. */
final class EventTypes {
  private EventTypes() {}

  static Class<? extends SpecificRecord> load(String name) throws ClassNotFoundException {
    return Class.forName(name, false, EventTypes.class.getClassLoader())
        .asSubclass(SpecificRecord.class);
  }

  /**
   * The class that bears the name of the schema.
   *
   * @throws MalformedRecordException if there is none
   */
  static Class<? extends SpecificRecord> of(Schema writer) {
    try {
      return load(writer.getFullName());
    } catch (ClassNotFoundException | ClassCastException e) {
      throw new MalformedRecordException(
          "the record was written as %s, which is no event of ours".formatted(writer.getFullName()),
          e);
    }
  }
}
