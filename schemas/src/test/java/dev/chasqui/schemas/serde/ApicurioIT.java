package dev.chasqui.schemas.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chasqui.events.CancellationRequested;
import dev.chasqui.events.PromptSubmitted;
import dev.chasqui.schemas.registry.RegistrySettings;
import dev.chasqui.schemas.registry.RegistryUnavailableException;
import dev.chasqui.schemas.registry.SchemaRefusedException;
import dev.chasqui.schemas.registry.UnknownSchemaException;
import dev.chasqui.schemas.serde.DecodeOutcome.Malformed;
import dev.chasqui.schemas.serde.DecodeOutcome.Readable;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import org.apache.avro.SchemaBuilder;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Serializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** Our serde against Apicurio's registry, in a process of its own, started once. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ApicurioIT {
  private static ApicurioProcess apicurio;

  @BeforeAll
  static void start() throws IOException {
    apicurio = ApicurioProcess.start(Path.of("target/apicurio"));
    RegistryAccess.put(apicurio.url() + "/config", "{\"compatibility\":\"BACKWARD\"}");
  }

  @AfterAll
  static void stop() {
    apicurio.close();
  }

  private static EventSerdes serdes(Map<String, Object> more) {
    Map<String, Object> configuration = new HashMap<>(more);
    configuration.put(RegistrySettings.URL, apicurio.url().toString());
    configuration.put("retries.wait.ms", 1);
    return new EventSerdes(configuration);
  }

  private static byte[] prompt(String topic) {
    try (Serializer<PromptSubmitted> serializer =
        serdes(Map.of()).serializer(PromptSubmitted.class)) {
      return serializer.serialize(topic, SampleEvents.prompt());
    }
  }

  private static DecodeOutcome<PromptSubmitted> decode(byte[] bytes) {
    try (RecordDecoder<PromptSubmitted> decoder = serdes(Map.of()).decoder(PromptSubmitted.class)) {
      return decoder.decode("chasqui.prompts", new RecordHeaders(), bytes);
    }
  }

  @Test
  void writesAndReads() {
    byte[] bytes = prompt("chasqui.prompts");

    assertThat(decode(bytes)).isEqualTo(new Readable<>(SampleEvents.prompt()));
    assertThat(prompt("chasqui.prompts")).as("the id stays").isEqualTo(bytes);
    assertThat(RegistryAccess.get(apicurio.url() + "/subjects")).contains("chasqui.prompts-value");
  }

  @Test
  void looksUpWhatIsRegistered() {
    byte[] registered = prompt("chasqui.looked-up");
    try (Serializer<PromptSubmitted> serializer =
        serdes(Map.of("auto.register.schemas", false)).serializer(PromptSubmitted.class)) {
      assertThat(serializer.serialize("chasqui.looked-up", SampleEvents.prompt()))
          .isEqualTo(registered);
      assertThatThrownBy(() -> serializer.serialize("chasqui.nowhere", SampleEvents.prompt()))
          .isInstanceOf(UnknownSchemaException.class);
    }
  }

  @Test
  void believesApicurioThatAnIdIsUnknown() {
    DecodeOutcome<PromptSubmitted> outcome = decode(HexFormat.of().parseHex("0000bc614e0000"));

    assertThat(outcome).isInstanceOf(Malformed.class);
    assertThat(((Malformed<PromptSubmitted>) outcome).code()).isEqualTo("unknown-schema");
  }

  @Test
  void reportsAnIncompatibleSchema() {
    RegistryAccess.register(
        apicurio.url(),
        "chasqui.taken-value",
        SchemaBuilder.record("CancellationRequested")
            .namespace("dev.chasqui.events")
            .fields()
            .requiredLong("requestId")
            .endRecord());
    try (Serializer<CancellationRequested> serializer =
        serdes(Map.of()).serializer(CancellationRequested.class)) {
      assertThatThrownBy(() -> serializer.serialize("chasqui.taken", SampleEvents.cancellation()))
          .isInstanceOf(SchemaRefusedException.class)
          .hasMessageContaining("chasqui.taken-value");
    }
  }

  @Test
  void takesAWrongPathForAnUnreachableRegistry() {
    byte[] bytes = prompt("chasqui.prompts");
    URI astray = URI.create(apicurio.url().toString().replace("/v7", "/v99"));
    EventSerdes serdes = new EventSerdes(Map.of(RegistrySettings.URL, astray.toString()));
    try (RecordDecoder<PromptSubmitted> decoder = serdes.decoder(PromptSubmitted.class)) {
      assertThatThrownBy(() -> decoder.decode("t", new RecordHeaders(), prompt("chasqui.prompts")))
          .isInstanceOf(RegistryUnavailableException.class);
    }
  }

  @Test
  @Order(Integer.MAX_VALUE)
  void waitsWhenApicurioIsGone() {
    byte[] bytes = prompt("chasqui.prompts");
    apicurio.close();

    assertThatThrownBy(() -> decode(bytes)).isInstanceOf(RegistryUnavailableException.class);
  }
}
