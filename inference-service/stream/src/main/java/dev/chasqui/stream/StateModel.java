package dev.chasqui.stream;

import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * Avro's model of one generated record and those of its package.
 *
 * <p>Avro 1.12.2 refuses to load any class that a schema names unless it is trusted by a system
 * property or a global setting of the process. The class of a state record is known here, so it and
 * its neighbours are loaded without either; all others stay refused.
 */
final class StateModel extends SpecificData {

  private final String trustedPackage;

  private StateModel(Class<? extends SpecificRecord> type) {
    super(type.getClassLoader());
    trustedPackage = type.getPackageName();
    SpecificData.getForClass(type).getConversions().forEach(this::addLogicalTypeConversion);
  }

  static SpecificData of(Class<? extends SpecificRecord> type) {
    return new StateModel(type);
  }

  @Override
  public @Nullable Class<?> getClass(Schema schema) {
    boolean named =
        switch (schema.getType()) {
          case RECORD, ENUM, FIXED -> true;
          default -> false;
        };
    return named && trustedPackage.equals(schema.getNamespace())
        ? load(schema.getFullName())
        : super.getClass(schema);
  }

  private @Nullable Class<?> load(String name) {
    try {
      return Class.forName(name, false, getClassLoader());
    } catch (ClassNotFoundException e) {
      return null; // Avro's own answer for a class that is not there
    }
  }
}
