package dev.chasqui.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A prompt from Node ({@code kafkajs} and Confluent's npm client) and its answer, all the way. */
@Timeout(300)
class NodePromptIT {
  private static final Path SCRIPTS = Path.of("../../schemas/src/test/node");

  @TempDir private Path directory;

  private record Outcome(int exit, String output, String errors) {}

  private static boolean available(String program) {
    return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
        .map(folder -> Path.of(folder).resolve(program))
        .anyMatch(Files::isExecutable);
  }

  private Outcome run(Path folder, List<String> command) throws IOException, InterruptedException {
    Path output = directory.resolve("output.txt");
    Path errors = directory.resolve("errors.txt");
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectOutput(output.toFile())
            .redirectError(errors.toFile())
            .start();
    if (!process.waitFor(2, TimeUnit.MINUTES)) {
      process.destroyForcibly().waitFor();
    }
    return new Outcome(process.exitValue(), Files.readString(output), Files.readString(errors));
  }

  /** The pinned packages, which module schemas has installed already where npm works. */
  private Path installed() throws IOException, InterruptedException {
    assumeThat(available("node") && available("npm"))
        .as("node and npm are not on the PATH: no prompt can come from Node here")
        .isTrue();
    Path folder = Files.createDirectories(Path.of("../../schemas/target/node"));
    for (String file : List.of("package.json", "package-lock.json", "submit.mjs")) {
      Files.writeString(folder.resolve(file), Files.readString(SCRIPTS.resolve(file)));
    }
    if (Files.notExists(folder.resolve("node_modules/.package-lock.json"))) {
      Outcome npm =
          run(folder, List.of("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"));
      assumeThat(npm.exit()).as("npm ci failed: %s", npm.errors()).isZero();
    }
    return folder;
  }

  private static Path model() throws URISyntaxException {
    return Path.of(NodePromptIT.class.getResource("/golden/llama32-Q8_0.gguf").toURI());
  }

  @Test
  void getsAnAnswerOverKafka() throws Exception {
    Path node = installed();
    StandaloneSettings settings = TestStandalone.settings(directory.resolve("standalone"), model());
    try (Standalone standalone = Standalone.start(settings, TestStandalone.phases())) {
      Outcome outcome =
          run(
              node,
              List.of(
                  "node",
                  "submit.mjs",
                  standalone.address().json(),
                  standalone.address().model(),
                  "Hello from Node"));

      assertThat(outcome.exit()).as(outcome.errors()).isZero();
      JsonNode answer = new JsonMapper().readTree(outcome.output().strip());
      assertThat(answer.get("type").asString()).as(answer.toString()).isEqualTo("FINISHED");
      assertThat(answer.get("tokenIds")).isNotEmpty();
      assertThat(answer.at("/final/usage/completionTokens").asInt())
          .isGreaterThanOrEqualTo(answer.get("tokenIds").size());
      assertThat(answer.at("/metadata/client").asString()).isEqualTo("node");
    }
  }
}
