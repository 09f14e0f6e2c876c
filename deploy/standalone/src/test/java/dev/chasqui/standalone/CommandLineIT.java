package dev.chasqui.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.schemas.topics.TopicRole;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The command line, as a process of its own, against a running Chasqui. */
@Timeout(240)
class CommandLineIT {

  private static final JsonMapper JSON = new JsonMapper();

  @TempDir private static Path directory;
  private static Standalone standalone;

  @BeforeAll
  static void start() throws Exception {
    Path model = Path.of(CommandLineIT.class.getResource("/golden/llama32-Q8_0.gguf").toURI());
    standalone =
        Standalone.start(TestStandalone.settings(directory, model), TestStandalone.phases());
  }

  @AfterAll
  static void stop() {
    standalone.close();
  }

  @Test
  void submitsAPromptAndTailsWhatCameOfIt() throws Exception {
    JsonNode reply =
        JSON.readTree(
            output(chasqui("submit", "--id", "cli-1", "--max-tokens", "3", "--json", "model")));
    assertThat(reply.path("status").asString()).isEqualTo("finished");
    assertThat(reply.path("tokens")).hasSize(3);

    for (TopicRole role : List.of(TopicRole.PROMPTS, TopicRole.VERDICTS, TopicRole.RESPONSES)) {
      List<String> tail =
          List.of(
              "tail",
              role.suffix(),
              "--from-beginning",
              "--count",
              "1",
              "--key",
              "cli-1",
              "--json");
      JsonNode record = JSON.readTree(output(chasqui(tail.toArray(String[]::new))));
      assertThat(record.path("value").path("requestId").asString())
          .as("%s", record)
          .isEqualTo("cli-1");
    }
  }

  @Test
  void goesOnWithABatchThatWasKilled() throws Exception {
    Path in = directory.resolve("in.jsonl");
    Path out = directory.resolve("out.jsonl");
    Files.write(
        in,
        IntStream.range(0, 12)
            .mapToObj(row -> "{\"row\":%d,\"chat\":\"model %d\"}".formatted(row, row))
            .toList());
    String[] batch = {"batch", in.toString(), out.toString(), "--max-tokens", "200"};

    Process killed = chasqui(batch);
    Path state = directory.resolve("out.jsonl.batch");
    while (killed.isAlive() && !Files.exists(state)) {
      killed.waitFor(20, TimeUnit.MILLISECONDS);
    }
    killed.destroyForcibly().waitFor();
    assertThat(out).doesNotExist();

    assertThat(output(chasqui(batch))).contains("12 of 12 rows finished");
    List<String> rows = Files.readAllLines(out);
    assertThat(rows).hasSize(12);
    for (int row = 0; row < rows.size(); row++) {
      JsonNode fields = JSON.readTree(rows.get(row));
      assertThat(fields.path("row").asInt()).isEqualTo(row);
      assertThat(fields.path("status").asString()).isEqualTo("finished");
    }
    assertThat(state).doesNotExist();
  }

  private static Process chasqui(String... arguments) throws Exception {
    return CommandProcess.start(standalone.address(), directory, arguments);
  }

  private static String output(Process process) throws Exception {
    return CommandProcess.output(process, directory);
  }
}
