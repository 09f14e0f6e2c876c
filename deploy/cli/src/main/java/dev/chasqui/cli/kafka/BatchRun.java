package dev.chasqui.cli.kafka;

import dev.chasqui.cli.CommandException;
import dev.chasqui.cli.json.JsonRows;
import dev.chasqui.events.PromptSubmitted;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.common.TopicPartition;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What must be the same when an interrupted batch goes on: names and time of the requests (so that
 * Chasqui knows a repeated one by its content) and where in Kafka the answers begin. Kept in a file
 * beside the output until the batch is done.
 *
 * @param file where it is kept
 * @param name of this batch, part of every request id
 * @param submitTime of every prompt
 * @param positions where answers begin
 */
record BatchRun(Path file, String name, Instant submitTime, Map<TopicPartition, Long> positions) {

  private static final JsonMapper JSON = new JsonMapper();

  BatchRun {
    positions = Map.copyOf(positions);
  }

  /** One row and its prompt. */
  record Item(JsonRows.Row row, String requestId, PromptSubmitted prompt) {}

  /** Goes on with an interrupted batch, or notes down a new one. */
  static BatchRun resumeOrBegin(Connection connection, Path in, Path out) throws IOException {
    Path file = out.resolveSibling(out.getFileName() + ".batch");
    String content = sha256(in);
    if (Files.exists(file)) {
      return read(file, in, content);
    }
    Map<TopicPartition, Long> positions;
    try (TopicReader reader =
        TopicReader.atEnd(connection, List.of(connection.topics().responses()))) {
      positions = reader.positions();
    }
    String name = "batch-" + UUID.randomUUID().toString().substring(0, 13);
    Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    BatchRun run = new BatchRun(file, name, now, positions);
    run.write(content);
    return run;
  }

  String requestId(int line) {
    return name + "-" + line;
  }

  private void write(String content) throws IOException {
    ObjectNode state =
        JSON.createObjectNode()
            .put("name", name)
            .put("submit_time", submitTime.toString())
            .put("input_sha256", content);
    ObjectNode offsets = state.putObject("positions");
    positions.forEach((each, offset) -> offsets.put(each.partition() + "@" + each.topic(), offset));
    Path part = file.resolveSibling(file.getFileName() + ".part");
    Files.writeString(part, state.toString());
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
  }

  private static BatchRun read(Path file, Path in, String content) throws IOException {
    JsonNode state = JSON.readTree(Files.readString(file));
    if (!state.path("input_sha256").asString("").equals(content)) {
      throw new CommandException(
          "%s has changed since the batch began. Delete %s to begin anew, or give another output."
              .formatted(in, file));
    }
    Map<TopicPartition, Long> positions = new HashMap<>();
    state
        .path("positions")
        .properties()
        .forEach(entry -> {
          String[] place = entry.getKey().split("@", 2);
          positions.put(
              new TopicPartition(place[1], Integer.parseInt(place[0])), entry.getValue().asLong());
        });
    return new BatchRun(
        file,
        state.path("name").asString(),
        Instant.parse(state.path("submit_time").asString()),
        positions);
  }

  /** The batch is done. */
  void forget() throws IOException {
    Files.delete(file);
  }

  private static String sha256(Path file) throws IOException {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
