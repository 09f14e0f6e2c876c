package dev.chasqui.schemas.compatibility;

import dev.chasqui.schemas.registry.PortableSchema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The released versions of every topic record: {@code src/test/resources/history/NAME-N.avsc}, N
 * from 1.
 *
 * <p>A release adds the records that changed with
 *
 * <pre>mvn -pl schemas -am test -Dtest=CompatibilityGateTests -Dchasqui.schemas.release=true</pre>
 *
 * <p>Files that were released are never changed or removed.
 */
record SchemaHistory(Path directory) {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  static SchemaHistory committed() {
    return new SchemaHistory(Path.of("src/test/resources/history"));
  }

  /** The released versions of a record, oldest first. */
  List<Schema> versions(String record) {
    List<Schema> versions = new ArrayList<>();
    for (Path file = file(record, 1); Files.exists(file); ) {
      versions.add(read(file));
      file = file(record, versions.size() + 1);
    }
    return versions;
  }

  /** Adds the schema as a new version, unless the last one is the same. */
  void release(Schema schema) {
    Schema portable = new Schema.Parser().parse(PortableSchema.text(schema));
    List<Schema> versions = versions(schema.getName());
    boolean unchanged =
        !versions.isEmpty() && versions.getLast().toString().equals(portable.toString());
    if (!unchanged) {
      write(file(schema.getName(), versions.size() + 1), portable);
    }
  }

  private Path file(String record, int version) {
    return directory.resolve(record + "-" + version + ".avsc");
  }

  private static Schema read(Path file) {
    try {
      return new Schema.Parser().parse(file.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(Path file, Schema schema) {
    try {
      String text = JSON.writeValueAsString(JSON.readTree(schema.toString()));
      Files.writeString(file, text.replace("\r\n", "\n") + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
