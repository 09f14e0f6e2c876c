package dev.chasqui.cli.kafka;

import dev.chasqui.cli.json.JsonRows;
import dev.chasqui.events.Message;
import dev.chasqui.events.PromptSubmitted;
import dev.chasqui.events.Role;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/** Makes prompts out of rows. */
final class BatchPrompts {

  private BatchPrompts() {}

  /**
   * Returns a prompt for each row.
   *
   * @param rows with chat, prompt or messages
   * @param run names the requests, always alike, and gives their time
   * @param frame makes a prompt of id and time that lacks its text only
   */
  static List<BatchRun.Item> of(
      List<JsonRows.Row> rows,
      BatchRun run,
      BiFunction<String, Instant, PromptSubmitted.Builder> frame) {
    List<BatchRun.Item> items = new ArrayList<>();
    for (JsonRows.Row row : rows) {
      String id = run.requestId(row.line());
      items.add(new BatchRun.Item(row, id, withText(frame.apply(id, run.submitTime()), row)));
    }
    return items;
  }

  private static PromptSubmitted withText(PromptSubmitted.Builder prompt, JsonRows.Row row) {
    if (row.fields().has("prompt")) {
      return prompt.setRawPrompt(row.text("prompt")).build();
    }
    if (row.fields().has("messages")) {
      return prompt.setMessages(messages(row)).build();
    }
    return prompt.setMessages(List.of(new Message(Role.USER, row.text("chat")))).build();
  }

  private static List<Message> messages(JsonRows.Row row) {
    if (!(row.fields().get("messages") instanceof ArrayNode turns)) {
      throw row.wrong("messages", "a list of {role, content}");
    }
    List<Message> messages = new ArrayList<>();
    for (JsonNode turn : turns) {
      messages.add(new Message(role(row, turn), turn.path("content").asString("")));
    }
    return messages;
  }

  private static Role role(JsonRows.Row row, JsonNode turn) {
    return switch (turn.path("role").asString("").toLowerCase(Locale.ROOT)) {
      case "system" -> Role.SYSTEM;
      case "user" -> Role.USER;
      case "assistant" -> Role.ASSISTANT;
      case "tool" -> Role.TOOL;
      default -> throw row.wrong("messages", "of the roles system, user, assistant and tool");
    };
  }
}
