package dev.chasqui.inference.topology;

import dev.chasqui.engine.api.ChatMessage;
import dev.chasqui.engine.api.Document;
import dev.chasqui.engine.api.InvalidRequestException;
import dev.chasqui.engine.api.MarkedText;
import dev.chasqui.engine.api.Prompt;
import dev.chasqui.engine.api.ResponseFormat;
import dev.chasqui.engine.api.Tool;
import dev.chasqui.engine.api.ToolCall;
import dev.chasqui.events.Infill;
import dev.chasqui.events.Message;
import dev.chasqui.events.PromptSubmitted;
import java.util.Optional;
import java.util.stream.Stream;

/** Says what is asked, and in what form, in the words of the engine. */
final class EnginePrompts {

  private EnginePrompts() {}

  /**
   * Translates what is asked.
   *
   * @throws InvalidRequestException unless there is exactly one of messages, raw prompt and code
   */
  static Prompt of(PromptSubmitted prompt) {
    String raw = prompt.getRawPrompt();
    Infill infill = prompt.getInfill();
    checkAlone(prompt);
    if (infill != null) {
      return infill(infill);
    }
    return raw == null ? chat(prompt) : new Prompt.Text(MarkedText.user(raw));
  }

  /**
   * Translates what the answer must look like.
   *
   * @throws InvalidRequestException if a schema or grammar is missing
   */
  static ResponseFormat format(PromptSubmitted prompt) {
    return switch (prompt.getResponseFormat()) {
      case TEXT -> ResponseFormat.TEXT;
      case JSON -> new ResponseFormat.Json();
      case JSON_SCHEMA -> new ResponseFormat.JsonSchema(schema(prompt));
      case GRAMMAR -> new ResponseFormat.Grammar(schema(prompt));
      case UNKNOWN ->
          throw new InvalidRequestException(
              "response-format",
              "UNKNOWN",
              "it must be TEXT, JSON, JSON_SCHEMA or GRAMMAR",
              "Upgrade this service, or ask for one of these.");
    };
  }

  private static String schema(PromptSubmitted prompt) {
    String schema = prompt.getResponseSchema();
    if (schema == null) {
      throw new InvalidRequestException(
          "response-schema",
          "missing",
          prompt.getResponseFormat() + " needs one",
          "Give the schema or grammar.");
    }
    return schema;
  }

  private static void checkAlone(PromptSubmitted prompt) {
    long given =
        Stream.of(
                !prompt.getMessages().isEmpty(),
                prompt.getRawPrompt() != null,
                prompt.getInfill() != null)
            .filter(each -> each)
            .count();
    boolean isEmpty = prompt.getRawPrompt() != null && prompt.getRawPrompt().isEmpty();
    if (given != 1 || isEmpty) {
      throw new InvalidRequestException(
          prompt.getRawPrompt() == null ? "messages" : "raw-prompt",
          given == 0 || isEmpty ? "empty" : "given beside another form of the prompt",
          "exactly one of messages, rawPrompt and infill can be answered",
          "Give one of them, with text.");
    }
  }

  private static Prompt infill(Infill infill) {
    return new Prompt.Infill(
        infill.getPrefix(),
        infill.getSuffix(),
        switch (infill.getOrder()) {
          case PREFIX_FIRST -> Prompt.Infill.Order.PREFIX_FIRST;
          case SUFFIX_FIRST -> Prompt.Infill.Order.SUFFIX_FIRST;
        });
  }

  private static Prompt chat(PromptSubmitted prompt) {
    Prompt.Offer offer =
        new Prompt.Offer(
            prompt.getTools().stream()
                .map(tool ->
                    new Tool(tool.getName(), tool.getDescription(), tool.getParametersSchema()))
                .toList(),
            prompt.getDocuments().stream()
                .map(document -> new Document(document.getTitle(), document.getContent()))
                .toList());
    return new Prompt.Chat(
        prompt.getMessages().stream().map(EnginePrompts::turn).toList(),
        offer,
        Optional.of(prompt.getSubmitTime()));
  }

  private static ChatMessage turn(Message message) {
    ChatMessage.Role role =
        switch (message.getRole()) {
          case SYSTEM -> ChatMessage.Role.SYSTEM;
          case USER -> ChatMessage.Role.USER;
          case ASSISTANT -> ChatMessage.Role.ASSISTANT;
          case TOOL -> ChatMessage.Role.TOOL;
          case UNKNOWN ->
              throw new InvalidRequestException(
                  "role",
                  "UNKNOWN",
                  "it must be one of SYSTEM, USER, ASSISTANT, TOOL",
                  "Name who speaks.");
        };
    return new ChatMessage(
        role,
        message.getContent(),
        message.getToolCalls().stream()
            .map(call -> new ToolCall(call.getName(), call.getArguments()))
            .toList());
  }
}
