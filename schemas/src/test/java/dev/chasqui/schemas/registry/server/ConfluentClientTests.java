package dev.chasqui.schemas.registry.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chasqui.events.ResponseEvent;
import dev.chasqui.schemas.registry.PortableSchema;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.avro.AvroSchema;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.client.CachedSchemaRegistryClient;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.client.SchemaMetadata;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Confluent's own Java client, whose relocated copy Flink carries, talks to our registry. */
class ConfluentClientTests {
  private static final String SUBJECT = "chasqui.responses-value";
  private static final AvroSchema ONE = record("{'name':'a','type':'string'}");
  private static final AvroSchema TWO =
      record("{'name':'a','type':'string'},{'name':'b','type':'int','default':0}");
  private static final AvroSchema BROKEN = record("{'name':'a','type':'int'}");

  @TempDir private Path directory;
  private RegistryServer registry;
  private SchemaRegistryClient client;

  @BeforeEach
  void start() throws IOException {
    registry = RegistryServer.start(directory, 0);
    client = newClient();
  }

  @AfterEach
  void stop() throws IOException {
    client.close();
    registry.close();
  }

  private SchemaRegistryClient newClient() {
    return new CachedSchemaRegistryClient(registry.url().toString(), 100);
  }

  private static AvroSchema record(String fields) {
    return new AvroSchema(
        "{'type':'record','name':'R','fields':[%s]}".formatted(fields).replace('\'', '"'));
  }

  @Test
  void registersAndReadsBack() throws IOException, RestClientException {
    int id = client.register(SUBJECT, ONE);

    assertThat(client.register("other", ONE)).as("one text, one id").isEqualTo(id);
    assertThat(client.register(SUBJECT, TWO)).isNotEqualTo(id);
    assertThat(newClient().getSchemaById(id)).isEqualTo(ONE);
    assertThat(newClient().getSchemaBySubjectAndId(SUBJECT, id)).isEqualTo(ONE);
    assertThat(newClient().getId(SUBJECT, ONE)).isEqualTo(id);
    assertThat(newClient().getVersion(SUBJECT, TWO)).isEqualTo(2);
    assertThat(client.getAllSubjects()).containsExactly(SUBJECT, "other");
    assertThat(client.getAllVersions(SUBJECT)).containsExactly(1, 2);
    assertThat(client.getAllSubjectsById(id)).containsExactly(SUBJECT, "other");
    assertThat(client.getMode()).isEqualTo("READWRITE");
  }

  @Test
  void describesVersions() throws IOException, RestClientException {
    client.register(SUBJECT, ONE);
    int id = client.register(SUBJECT, TWO);

    SchemaMetadata latest = client.getLatestSchemaMetadata(SUBJECT);

    assertThat(latest.getId()).isEqualTo(id);
    assertThat(latest.getVersion()).isEqualTo(2);
    assertThat(latest.getSchema()).isEqualTo(TWO.canonicalString());
    assertThat(client.getSchemaMetadata(SUBJECT, 1).getSchema()).isEqualTo(ONE.canonicalString());
  }

  @Test
  void holdsOurOwnSchemas() throws IOException, RestClientException {
    AvroSchema ours = new AvroSchema(PortableSchema.text(ResponseEvent.getClassSchema()));
    int id = client.register(SUBJECT, ours);

    assertThat(newClient().getSchemaById(id)).isEqualTo(ours);
    assertThat(newClient().getId(SUBJECT, ours)).isEqualTo(id);
  }

  @Test
  void refusesWhatBreaksReaders() throws IOException, RestClientException {
    client.register(SUBJECT, ONE);

    assertThat(client.testCompatibility(SUBJECT, TWO)).isTrue();
    assertThat(client.testCompatibility(SUBJECT, BROKEN)).isFalse();
    assertThat(client.testCompatibilityVerbose(SUBJECT, BROKEN).toString())
        .contains("TYPE_MISMATCH");
    assertThat(client.testCompatibility("fresh", BROKEN)).isTrue();
    assertRefused(() -> client.register(SUBJECT, BROKEN), 409, 409);
    assertThat(client.getAllVersions(SUBJECT)).containsExactly(1);
  }

  @Test
  void keepsALevelPerSubject() throws IOException, RestClientException {
    assertThat(client.getCompatibility(null)).isEqualTo("BACKWARD");
    assertRefused(() -> client.getCompatibility(SUBJECT), 404, 40408);
    assertThat(client.updateCompatibility(SUBJECT, "NONE")).isEqualTo("NONE");
    assertThat(client.getCompatibility(SUBJECT)).isEqualTo("NONE");
    assertThat(client.updateCompatibility(null, "FULL_TRANSITIVE")).isEqualTo("FULL_TRANSITIVE");
    assertThat(client.getCompatibility(null)).isEqualTo("FULL_TRANSITIVE");
    assertRefused(() -> client.updateCompatibility(SUBJECT, "SOME"), 422, 42203);

    client.register(SUBJECT, ONE);
    client.register(SUBJECT, BROKEN);
    assertThat(client.getAllVersions(SUBJECT)).containsExactly(1, 2);
    client.deleteCompatibility(SUBJECT);
    assertRefused(() -> client.getCompatibility(SUBJECT), 404, 40408);
  }

  @Test
  void namesWhatItDoesNotHold() throws IOException, RestClientException {
    assertRefused(() -> client.getSchemaById(99), 404, 40403);
    assertRefused(() -> client.getLatestSchemaMetadata("nobody"), 404, 40401);
    assertRefused(() -> client.getAllVersions("nobody"), 404, 40401);
    assertRefused(() -> client.getId("nobody", ONE), 404, 40401);
    client.register(SUBJECT, ONE);
    assertRefused(() -> client.getId(SUBJECT, TWO), 404, 40403);
    assertRefused(() -> client.getSchemaMetadata(SUBJECT, 7), 404, 40402);
  }

  @Test
  void keepsIdsAcrossARestart() throws IOException, RestClientException {
    int first = client.register(SUBJECT, ONE);
    client.updateCompatibility(SUBJECT, "NONE");
    registry.close();
    registry = RegistryServer.start(directory, 0);
    client = newClient();

    assertThat(client.getId(SUBJECT, ONE)).isEqualTo(first);
    assertThat(client.getCompatibility(SUBJECT)).isEqualTo("NONE");
    assertThat(client.register(SUBJECT, BROKEN)).isEqualTo(first + 1);
  }

  @Test
  void encodesSubjectsInPaths() throws IOException, RestClientException {
    client.register("odd/subject +%", ONE);

    assertThat(client.getAllSubjects()).containsExactly("odd/subject +%");
    assertThat(client.getAllVersions("odd/subject +%")).containsExactly(1);
  }

  @Test
  void takesTheCredentialsOfItsClientsInItsStride() throws IOException, RestClientException {
    try (SchemaRegistryClient named =
        new CachedSchemaRegistryClient(
            registry.url().toString(),
            10,
            Map.of("basic.auth.credentials.source", "USER_INFO", "basic.auth.user.info", "a:b"))) {
      assertThat(named.register(SUBJECT, ONE)).isPositive();
    }
  }

  private interface Call {
    Object run() throws IOException, RestClientException;
  }

  private static void assertRefused(Call call, int status, int code) {
    assertThatThrownBy(call::run)
        .isInstanceOfSatisfying(
            RestClientException.class,
            e -> {
              assertThat(e.getStatus()).isEqualTo(status);
              assertThat(e.getErrorCode()).isEqualTo(code);
            });
  }
}
