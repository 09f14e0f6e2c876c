package dev.chasqui.guard.topology;

import dev.chasqui.stream.StateSchemas;
import dev.chasqui.stream.StateSerde;
import org.apache.avro.specific.SpecificRecord;

/** The forms of what the guard's stores hold, those of earlier versions included. */
public final class GuardState {

  private GuardState() {}

  /**
   * Returns the form of a kind of state.
   *
   * @param <T> the generated record
   * @param type its class
   * @return writes its schema, reads it and the earlier ones
   */
  public static <T extends SpecificRecord> StateSerde<T> of(Class<T> type) {
    return StateSerde.of(type, StateSchemas.of(GuardState.class, type));
  }
}
