package dev.chasqui.schemas.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chasqui.events.CancellationRequested;
import dev.chasqui.events.PromptSubmitted;
import dev.chasqui.schemas.registry.RegistrySettings;
import dev.chasqui.schemas.registry.RegistryUnavailableException;
import dev.chasqui.schemas.registry.server.RegistryServer;
import dev.chasqui.schemas.serde.DecodeOutcome.Malformed;
import dev.chasqui.schemas.serde.DecodeOutcome.Readable;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.SplittableRandom;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Serializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordDecoderTests {
  private static final String TOPIC = "chasqui.prompts";

  @TempDir private Path directory;
  private RegistryServer registry;
  private RecordDecoder<PromptSubmitted> decoder;
  private byte[] prompt;

  @BeforeEach
  void start() throws IOException {
    registry = RegistryServer.start(directory, 0);
    EventSerdes serdes = serdes(registry.url());
    decoder = serdes.decoder(PromptSubmitted.class);
    try (Serializer<PromptSubmitted> serializer = serdes.serializer(PromptSubmitted.class)) {
      prompt = serializer.serialize(TOPIC, SampleEvents.prompt());
    }
  }

  @AfterEach
  void stop() {
    decoder.close();
    registry.close();
  }

  private static EventSerdes serdes(URI url) {
    return new EventSerdes(
        Map.of(
            RegistrySettings.URL,
            url.toString(),
            "max.retries",
            "1",
            "retries.wait.ms",
            "1",
            "retries.max.wait.ms",
            "1"));
  }

  private DecodeOutcome<PromptSubmitted> decode(byte[] bytes) {
    return decoder.decode(TOPIC, new RecordHeaders(), bytes);
  }

  private Malformed<PromptSubmitted> malformed(byte[] bytes) {
    DecodeOutcome<PromptSubmitted> outcome = decode(bytes);
    assertThat(outcome).isInstanceOf(Malformed.class);
    return (Malformed<PromptSubmitted>) outcome;
  }

  @Test
  void readsAPrompt() {
    assertThat(decode(prompt)).isEqualTo(new Readable<>(SampleEvents.prompt()));
  }

  @Test
  void callsTextMalformed() {
    Malformed<PromptSubmitted> outcome =
        malformed("{\"prompt\":\"hi\"}".getBytes(StandardCharsets.UTF_8));

    assertThat(outcome.code()).isEqualTo("malformed-record");
    assertThat(outcome.message()).contains("begins with byte 0x7b").contains("zero");
  }

  @Test
  void callsShortRecordsMalformed() {
    assertThat(malformed(new byte[] {0, 0, 0}).message()).contains("3 bytes");
    assertThat(malformed(new byte[0]).message()).contains("0 bytes");
    assertThat(malformed(null).code()).isEqualTo("empty-record");
  }

  @Test
  void callsACutRecordMalformed() {
    for (int length = 5; length < prompt.length; length++) {
      assertThat(malformed(Arrays.copyOf(prompt, length)).code()).isEqualTo("malformed-record");
    }
  }

  @Test
  void callsALongerRecordMalformed() {
    assertThat(malformed(Arrays.copyOf(prompt, prompt.length + 1)).message())
        .contains("go on behind the end");
  }

  @Test
  void callsADeniedIdUnknown() {
    Malformed<PromptSubmitted> outcome = malformed(HexFormat.of().parseHex("0000bc614e0000"));

    assertThat(outcome.code()).isEqualTo("unknown-schema");
    assertThat(outcome.message()).contains("12345678");
  }

  @Test
  void callsAnotherEventMalformed() {
    byte[] cancellation;
    try (Serializer<CancellationRequested> serializer =
        serdes(registry.url()).serializer(CancellationRequested.class)) {
      cancellation = serializer.serialize("chasqui.cancellations", SampleEvents.cancellation());
    }
    assertThat(malformed(cancellation).message())
        .contains("dev.chasqui.events.CancellationRequested")
        .contains("PromptSubmitted");
  }

  @Test
  void refusesALengthThatTheRecordCannotHold() {
    // requestId claims 2,147,483,639 bytes
    Malformed<PromptSubmitted> outcome = malformed(HexFormat.of().parseHex("0000000001eeffffff0f"));

    assertThat(outcome.message()).contains("2147483639").contains("5 bytes");
  }

  @Test
  void neverFailsOtherwiseOnDamagedBytes() {
    SplittableRandom random = new SplittableRandom(20261124);
    for (int round = 0; round < 20_000; round++) {
      byte[] damaged = prompt.clone();
      for (int hits = random.nextInt(1, 5); hits > 0; hits--) {
        damaged[random.nextInt(5, damaged.length)] = (byte) random.nextInt();
      }
      assertThat(decode(damaged)).isInstanceOfAny(Readable.class, Malformed.class);
    }
  }

  @Test
  void readsWhatALaterVersionWrote() {
    Schema cancellation = CancellationRequested.getClassSchema();
    Schema later =
        new Schema.Parser()
            .parse(
                PromptSubmitted.getClassSchema()
                    .toString()
                    .replace("\"symbols\":[\"SYSTEM\",", "\"symbols\":[\"ORACLE\",\"SYSTEM\","));
    assertThat(cancellation).isNotEqualTo(later);
    int id = RegistryAccess.register(registry.url(), TOPIC + "-value", later);
    byte[] bytes = prompt.clone();
    bytes[4] = (byte) id;

    // the index 0 now means ORACLE, which we do not know
    assertThat(((Readable<PromptSubmitted>) decode(bytes)).value().getMessages().getFirst())
        .extracting("role")
        .hasToString("UNKNOWN");
  }

  @Test
  void throwsWhileTheRegistryIsAwayAndReadsWhenItIsBack() throws IOException {
    int port = registry.url().getPort();
    registry.close();

    assertThatThrownBy(() -> decode(prompt))
        .isInstanceOf(RegistryUnavailableException.class)
        .hasMessageContaining("no schema registry of")
        .hasMessageContaining("2 tries");

    registry = RegistryServer.start(directory, port);
    assertThat(decode(prompt)).isInstanceOf(Readable.class);
  }

  @Test
  void takesAWrongAddressForAnUnreachableRegistry() {
    try (RecordDecoder<PromptSubmitted> astray =
        serdes(URI.create(registry.url() + "/elsewhere")).decoder(PromptSubmitted.class)) {
      assertThatThrownBy(() -> astray.decode(TOPIC, new RecordHeaders(), prompt))
          .isInstanceOf(RegistryUnavailableException.class)
          .hasMessageContaining("Check schema.registry.url");
    }
  }

  @Test
  void deniesASchemaThatIsNoEventOfOurs() {
    Schema stranger = SchemaBuilder.record("com.example.Stranger").fields().endRecord();
    int id = RegistryAccess.register(registry.url(), "other", stranger);
    byte[] bytes = {0, 0, 0, 0, (byte) id};

    assertThat(malformed(bytes).message()).contains("com.example.Stranger");
  }
}
