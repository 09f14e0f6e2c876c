package dev.chasqui.stream;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;

/**
 * Every schema in which state was ever written, so that a new version starts on old state.
 *
 * <p>They are resources {@code state/NAME.1.avsc}, {@code .2.avsc} and so on beside a topology, the
 * newest being that of the class. A test of each topology fails when a schema changes and its new
 * version is not put beside the old ones.
 */
public final class StateSchemas {

  private StateSchemas() {}

  /**
   * Reads the schemas of a kind of state.
   *
   * @param topology a class beside whose folder {@code state} lies
   * @param type the generated class
   * @return its schemas, oldest first
   */
  public static List<Schema> of(Class<?> topology, Class<?> type) {
    List<Schema> versions = new ArrayList<>();
    for (int version = 1; ; version++) {
      String name = "state/" + type.getSimpleName() + "." + version + ".avsc";
      try (InputStream resource = topology.getResourceAsStream(name)) {
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
