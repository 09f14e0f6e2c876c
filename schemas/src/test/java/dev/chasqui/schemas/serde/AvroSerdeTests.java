package dev.chasqui.schemas.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chasqui.events.CancellationRequested;
import dev.chasqui.events.PromptSubmitted;
import dev.chasqui.schemas.registry.RegistrySettings;
import dev.chasqui.schemas.registry.SchemaRefusedException;
import dev.chasqui.schemas.registry.UnknownSchemaException;
import dev.chasqui.schemas.registry.server.RegistryServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import org.apache.avro.SchemaBuilder;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.serialization.Serde;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AvroSerdeTests {
  private static final String TOPIC = "chasqui.cancellations";

  @TempDir private Path directory;
  private RegistryServer registry;

  @BeforeEach
  void start() throws IOException {
    registry = RegistryServer.start(directory, 0);
  }

  @AfterEach
  void stop() {
    registry.close();
  }

  private Map<String, Object> configuration() {
    return Map.of(RegistrySettings.URL, registry.url().toString(), "retries.wait.ms", 1);
  }

  private <T extends org.apache.avro.specific.SpecificRecord> AvroSerde<T> serde(Class<T> type) {
    AvroSerde<T> serde = new AvroSerde<>(type);
    serde.configure(configuration(), false);
    return serde;
  }

  @Test
  void writesConfluentsWireFormat() {
    try (AvroSerde<CancellationRequested> serde = serde(CancellationRequested.class)) {
      byte[] bytes = serde.serializer().serialize(TOPIC, SampleEvents.cancellation());

      // zero, id 1; "r1" and "no" with their lengths in zigzag; 1 ms in zigzag
      assertThat(bytes)
          .isEqualTo(HexFormat.of().parseHex("00" + "00000001" + "047231" + "046e6f" + "02"));
    }
  }

  @Test
  void readsBackWhatItWrote() {
    try (AvroSerde<PromptSubmitted> serde = serde(PromptSubmitted.class)) {
      byte[] bytes = serde.serializer().serialize("chasqui.prompts", SampleEvents.prompt());

      assertThat(serde.deserializer().deserialize("chasqui.prompts", bytes))
          .isEqualTo(SampleEvents.prompt());
    }
  }

  @Test
  void findsTheClassByTheWritersNameWhereNoneIsNamed() {
    try (AvroSerde<PromptSubmitted> serde = new AvroSerde<>()) {
      serde.configure(configuration(), false);
      byte[] bytes = serde.serializer().serialize("chasqui.prompts", SampleEvents.prompt());

      assertThat(serde.deserializer().deserialize("chasqui.prompts", bytes))
          .isInstanceOf(PromptSubmitted.class);
    }
  }

  @Test
  void leavesTombstonesAlone() {
    try (AvroSerde<PromptSubmitted> serde = serde(PromptSubmitted.class)) {
      assertThat(serde.serializer().serialize("t", null)).isNull();
      assertThat(serde.deserializer().deserialize("t", null)).isNull();
    }
  }

  @Test
  void registersUnderTheTopicsNameWithoutJavasNotes() {
    try (AvroSerde<CancellationRequested> serde = serde(CancellationRequested.class)) {
      serde.serializer().serialize(TOPIC, SampleEvents.cancellation());
    }
    assertThat(RegistryAccess.get(registry.url() + "/subjects"))
        .isEqualTo("[\"chasqui.cancellations-value\"]");
    assertThat(RegistryAccess.get(registry.url() + "/schemas/ids/1/schema"))
        .contains("Ends one request")
        .doesNotContain("avro.java.string");
  }

  @Test
  void asksTheRegistryOnceForASchema() {
    try (AvroSerde<CancellationRequested> serde = serde(CancellationRequested.class)) {
      byte[] bytes = serde.serializer().serialize(TOPIC, SampleEvents.cancellation());
      serde.deserializer().deserialize(TOPIC, bytes);
      registry.close();

      assertThat(serde.serializer().serialize(TOPIC, SampleEvents.cancellation())).isEqualTo(bytes);
      assertThat(serde.deserializer().deserialize(TOPIC, bytes)).isNotNull();
    }
  }

  @Test
  void doesNotRegisterWhenForbidden() {
    try (AvroSerializer<CancellationRequested> serializer = new AvroSerializer<>()) {
      Map<String, Object> forbidden = new java.util.HashMap<>(configuration());
      forbidden.put("auto.register.schemas", "false");
      serializer.configure(forbidden, false);

      assertThatThrownBy(() -> serializer.serialize(TOPIC, SampleEvents.cancellation()))
          .isInstanceOf(UnknownSchemaException.class)
          .hasMessageContaining("chasqui.cancellations-value")
          .hasMessageContaining("auto.register.schemas");
    }
  }

  @Test
  void saysWhatTheRegistryRefuses() {
    RegistryAccess.register(
        registry.url(),
        TOPIC + "-value",
        SchemaBuilder.record("CancellationRequested")
            .namespace("dev.chasqui.events")
            .fields()
            .requiredLong("requestId")
            .endRecord());
    try (AvroSerde<CancellationRequested> serde = serde(CancellationRequested.class)) {
      assertThatThrownBy(() -> serde.serializer().serialize(TOPIC, SampleEvents.cancellation()))
          .isInstanceOf(SchemaRefusedException.class)
          .hasMessageContaining("chasqui.cancellations-value")
          .hasMessageContaining("incompatible");
    }
  }

  @Test
  void makesTheConfiguredClasses() {
    Map<String, Object> configuration = new java.util.HashMap<>(configuration());
    configuration.put(EventSerdes.SERIALIZER, TaggingSerializer.class.getName());
    EventSerdes serdes = new EventSerdes(configuration);

    try (Serde<CancellationRequested> serde = serdes.serde(CancellationRequested.class)) {
      assertThat(serde.serializer()).isInstanceOf(TaggingSerializer.class);
      assertThat(serde.deserializer()).isInstanceOf(AvroDeserializer.class);
    }
  }

  @Test
  void namesTheProfileThatBringsAMissingClass() {
    Map<String, Object> configuration = new java.util.HashMap<>(configuration());
    configuration.put(EventSerdes.SERIALIZER, "io.confluent.kafka.serializers.NoSuchSerializer");

    assertThatThrownBy(() -> new EventSerdes(configuration).serializer(CancellationRequested.class))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("chasqui.serde.serializer")
        .hasMessageContaining("profile confluent");
  }
}
