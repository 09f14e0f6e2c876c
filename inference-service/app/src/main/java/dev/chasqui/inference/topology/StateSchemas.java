package dev.chasqui.inference.topology;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;

/**
 * Every schema in which state was ever written, so that a new version starts on old state.
 *
 * <p>They are resources {@code state/NAME.1.avsc}, {@code .2.avsc} and so on, the newest being that
 * of the class. A test fails when a schema changes and its new version is not put beside the old
 * ones.
 */
final class StateSchemas {

  private StateSchemas() {}

  static List<Schema> of(Class<?> type) {
    List<Schema> versions = new ArrayList<>();
    for (int version = 1; ; version++) {
      String name = "state/" + type.getSimpleName() + "." + version + ".avsc";
      try (InputStream resource = StateSchemas.class.getResourceAsStream(name)) {
        if (resource == null) {
          return List.copyOf(versions);
        }
        versions.add(new Schema.Parser().parse(resource));
      } catch (IOException e) {
        throw new UncheckedIOException("cannot read " + name, e);
      }
    }
  }
}
