package dev.chasqui.engine.grammar;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Schemas for tests, and an independent judge of what they admit. */
public final class Schemas {

  private Schemas() {}

  /** Returns schemas that use all that is supported, one each. */
  public static List<String> supported() {
    try (InputStream in = Schemas.class.getResourceAsStream("schemas.jsonl")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** Fails unless a text is JSON that a schema admits, formats included. */
  public static void assertAdmits(String schema, String json) {
    var errors =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(schema)
            .validate(
                json,
                InputFormat.JSON,
                context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)));
    assertThat(errors).as("%s against %s", json, schema).isEmpty();
  }
}
