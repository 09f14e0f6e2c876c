package dev.chasqui.schemas.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.chasqui.events.PromptSubmitted;
import dev.chasqui.events.ResponseEvent;
import dev.chasqui.events.ResponseType;
import dev.chasqui.events.Role;
import dev.chasqui.events.TokensReleased;
import dev.chasqui.schemas.registry.PortableSchema;
import dev.chasqui.schemas.registry.RegistrySettings;
import dev.chasqui.schemas.registry.server.RegistryServer;
import dev.chasqui.schemas.serde.DecodeOutcome.Readable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Serializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Confluent's npm client against our registry, and its bytes against our serde. */
class NodeClientIT {
  private static final Path SCRIPTS = Path.of("src/test/node").toAbsolutePath();
  private static final Path INSTALLED = Path.of("target/node").toAbsolutePath();

  @TempDir private Path directory;

  /** Installs the pinned packages once per target folder. */
  private void install() throws IOException, InterruptedException {
    assumeThat(Command.available("node") && Command.available("npm"))
        .as("node and npm are not on the PATH: the npm client cannot be tested here")
        .isTrue();
    Files.createDirectories(INSTALLED);
    for (String file : List.of("package.json", "package-lock.json", "registry.mjs")) {
      Files.writeString(INSTALLED.resolve(file), Files.readString(SCRIPTS.resolve(file)));
    }
    if (Files.notExists(INSTALLED.resolve("node_modules/.package-lock.json"))) {
      Command.Outcome npm =
          Command.run(
              INSTALLED, List.of("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"));
      assumeThat(npm.exit())
          .as("npm ci failed, so the npm client cannot be tested here: %s", npm.errors())
          .isZero();
    }
  }

  private static ResponseEvent response() {
    return ResponseEvent.newBuilder()
        .setRequestId("node-1")
        .setType(ResponseType.TOKENS)
        .setTime(SampleEvents.TIME)
        .setTokens(new TokensReleased(3, List.of(5, 6), "¡Muy bien! 🦙"))
        .build();
  }

  @Test
  void npmsClientRegistersChecksWritesAndReads() throws IOException, InterruptedException {
    install();
    Path schema = directory.resolve("prompt.avsc");
    Files.writeString(schema, PortableSchema.text(PromptSubmitted.getClassSchema()));
    try (RegistryServer registry = RegistryServer.start(directory.resolve("registry"), 0)) {
      EventSerdes serdes = new EventSerdes(Map.of(RegistrySettings.URL, registry.url()));
      JsonNode result = runScript(registry, serdes, schema);

      assertThat(result.get("again")).isEqualTo(result.get("id"));
      assertThat(result.get("lookedUp")).isEqualTo(result.get("id"));
      assertThat(result.get("latestId")).isEqualTo(result.get("id"));
      assertThat(result.get("versions").toString()).isEqualTo("[1]");
      assertThat(result.get("subjects").toString())
          .isEqualTo("[\"chasqui.responses-value\",\"node.prompts-value\"]");
      assertThat(result.get("sameText").asBoolean()).isTrue();
      assertThat(result.get("level").asString()).isEqualTo("FULL_TRANSITIVE");
      assertThat(result.get("compatible").asBoolean()).isTrue();
      assertThat(result.get("brokenCompatible").asBoolean()).isFalse();
      assertThat(result.get("refusedStatus").asInt()).isEqualTo(409);
      assertThat(result.at("/response/tokens/text").asString()).isEqualTo("¡Muy bien! 🦙");
      assertThat(result.at("/response/tokens/tokenIds").toString()).isEqualTo("[5,6]");
      assertReadable(serdes, HexFormat.of().parseHex(result.get("promptHex").asString()));
    }
  }

  private static JsonNode runScript(RegistryServer registry, EventSerdes serdes, Path schema)
      throws IOException, InterruptedException {
    byte[] bytes;
    try (Serializer<ResponseEvent> serializer = serdes.serializer(ResponseEvent.class)) {
      bytes = serializer.serialize("chasqui.responses", response());
    }
    Command.Outcome node =
        Command.run(
            INSTALLED,
            List.of(
                "node",
                "registry.mjs",
                registry.url().toString(),
                schema.toString(),
                HexFormat.of().formatHex(bytes)));
    assertThat(node.exit()).as(node.errors()).isZero();
    return new JsonMapper().readTree(node.output().strip());
  }

  /** What Node left out has the defaults of the schema. */
  private static void assertReadable(EventSerdes serdes, byte[] bytes) {
    try (RecordDecoder<PromptSubmitted> decoder = serdes.decoder(PromptSubmitted.class)) {
      DecodeOutcome<PromptSubmitted> outcome =
          decoder.decode("node.prompts", new RecordHeaders(), bytes);

      assertThat(outcome).isInstanceOf(Readable.class);
      PromptSubmitted prompt = ((Readable<PromptSubmitted>) outcome).value();
      assertThat(prompt.getRequestId()).isEqualTo("node-1");
      assertThat(prompt.getTenant()).isEqualTo("default");
      assertThat(prompt.getMessages().getFirst().getRole()).isEqualTo(Role.USER);
      assertThat(prompt.getMessages().getFirst().getContent()).isEqualTo("¿Qué tal? 🦙");
      assertThat(prompt.getSampling().getMaxTokens()).isEqualTo(16);
      assertThat(prompt.getSampling().getTopP()).isEqualTo(1.0f);
      assertThat(prompt.getSubmitTime()).isEqualTo(SampleEvents.TIME);
    }
  }
}
