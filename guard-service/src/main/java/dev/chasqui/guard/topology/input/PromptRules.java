package dev.chasqui.guard.topology.input;

import dev.chasqui.events.Message;
import dev.chasqui.events.PromptSubmitted;
import dev.chasqui.events.ResponseFormat;
import dev.chasqui.events.Role;
import dev.chasqui.guard.topology.review.RequestKey;
import dev.chasqui.guard.topology.wire.Final;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What a prompt must be, whoever answers it. Each rule names field, value, limit and remedy. */
final class PromptRules {

  private static final String INVALID = "invalid-prompt";
  private static final String NOT_SUPPORTED = "not-supported";
  private static final int LONGEST_NAME = 256;

  private static final List<Function<PromptSubmitted, Optional<Final.Rejected>>> RULES =
      List.of(
          PromptRules::tenant,
          PromptRules::content,
          PromptRules::roles,
          PromptRules::lastTurn,
          PromptRules::adapter,
          PromptRules::tools,
          PromptRules::toolCalls,
          PromptRules::responseFormat,
          prompt -> SamplingRules.check(prompt.getSampling()));

  private PromptRules() {}

  static Optional<Final.Rejected> check(PromptSubmitted prompt) {
    return RULES.stream().flatMap(rule -> rule.apply(prompt).stream()).findFirst();
  }

  static Final.Rejected invalid(String field, String message) {
    return Final.Rejected.field(INVALID, field, message);
  }

  static Final.Rejected unsupported(String field, String value, String remedy) {
    return Final.Rejected.field(
        NOT_SUPPORTED,
        field,
        "%s is %s: that is not supported yet. %s".formatted(field, shortened(value), remedy));
  }

  static String shortened(String text) {
    return RequestKey.shortened(text);
  }

  private static Optional<Final.Rejected> tenant(PromptSubmitted prompt) {
    String tenant = prompt.getTenant();
    return when(
        tenant.isBlank() || tenant.length() > LONGEST_NAME,
        invalid(
            "tenant",
            "tenant is \"%s\" of %d characters: it must have 1 to %d. Leave it out for \"default\"."
                .formatted(shortened(tenant), tenant.length(), LONGEST_NAME)));
  }

  private static Optional<Final.Rejected> content(PromptSubmitted prompt) {
    String raw = prompt.getRawPrompt();
    boolean hasMessages = !prompt.getMessages().isEmpty();
    boolean hasInfill = prompt.getInfill() != null;
    if (raw != null && (hasMessages || hasInfill) || hasInfill && hasMessages) {
      String field = raw != null ? "rawPrompt" : "infill";
      return Optional.of(
          invalid(
              field,
              "%s is given beside %s: only one form of a prompt can be answered. Leave one out."
                  .formatted(
                      field,
                      hasMessages ? prompt.getMessages().size() + " messages" : "an infill")));
    }
    if (raw != null) {
      return when(
          raw.isEmpty(),
          invalid(
              "rawPrompt", "rawPrompt is empty: it must hold text. Give a text to go on from."));
    }
    if (hasInfill) {
      return Optional.empty();
    }
    return when(
        prompt.getMessages().stream().allMatch(PromptRules::saysNothing),
        invalid(
            "messages",
            "messages holds %d turns with no text: at least one must hold some. Give messages, a rawPrompt or an infill."
                .formatted(prompt.getMessages().size())));
  }

  private static boolean saysNothing(Message message) {
    return message.getContent().isBlank() && message.getToolCalls().isEmpty();
  }

  private static Optional<Final.Rejected> roles(PromptSubmitted prompt) {
    return when(
        prompt.getMessages().stream().anyMatch(message -> message.getRole() == Role.UNKNOWN),
        invalid(
            "messages",
            "messages holds a role of UNKNOWN: the role must be SYSTEM, USER, ASSISTANT or TOOL."
                + " Correct it, or upgrade this service."));
  }

  /**
   * The guard is asked about the last turn: a turn of the model would leave the user's unjudged.
   */
  private static Optional<Final.Rejected> lastTurn(PromptSubmitted prompt) {
    List<Message> messages = prompt.getMessages();
    return when(
        !messages.isEmpty() && messages.getLast().getRole() == Role.ASSISTANT,
        invalid(
            "messages",
            "messages ends with a turn of ASSISTANT: the last turn must be of SYSTEM, USER or TOOL."
                + " Remove it."));
  }

  /** Which adapters a model has, only its pool knows. */
  private static Optional<Final.Rejected> adapter(PromptSubmitted prompt) {
    String adapter = prompt.getAdapter() == null ? "none" : prompt.getAdapter();
    return when(
        adapter.isBlank() || adapter.length() > LONGEST_NAME,
        invalid(
            "adapter",
            "adapter is \"%s\" of %d characters: it must have 1 to %d. Leave it out for the model as it is."
                .formatted(shortened(adapter), adapter.length(), LONGEST_NAME)));
  }

  /** Tools and documents belong to a conversation: other prompts have no place for them. */
  private static Optional<Final.Rejected> tools(PromptSubmitted prompt) {
    boolean isChat = !prompt.getMessages().isEmpty();
    if (!isChat && !prompt.getTools().isEmpty()) {
      return Optional.of(misplaced("tools", prompt.getTools().size()));
    }
    if (!isChat && !prompt.getDocuments().isEmpty()) {
      return Optional.of(misplaced("documents", prompt.getDocuments().size()));
    }
    return when(
        prompt.getTools().stream().anyMatch(tool -> tool.getName().isBlank()),
        invalid("tools", "tools holds one without a name: a model calls it by its name. Name it."));
  }

  private static Final.Rejected misplaced(String field, int count) {
    return invalid(
        field,
        "%s is a list of %d: only a prompt with messages can have them. Leave it empty, or give messages."
            .formatted(field, count));
  }

  private static Optional<Final.Rejected> toolCalls(PromptSubmitted prompt) {
    return when(
        prompt.getMessages().stream()
            .anyMatch(message ->
                !message.getToolCalls().isEmpty() && message.getRole() != Role.ASSISTANT),
        invalid(
            "messages",
            "messages holds a turn with toolCalls that is not of ASSISTANT: only the model calls"
                + " tools. Leave them out there."));
  }

  private static Optional<Final.Rejected> responseFormat(PromptSubmitted prompt) {
    ResponseFormat format = prompt.getResponseFormat();
    boolean hasSchema = prompt.getResponseSchema() != null;
    return switch (format) {
      case UNKNOWN ->
          Optional.of(
              unsupported(
                  "responseFormat",
                  format.toString(),
                  "Use TEXT, JSON, JSON_SCHEMA or GRAMMAR, or upgrade this service."));
      case TEXT, JSON ->
          when(
              hasSchema,
              invalid(
                  "responseSchema",
                  "responseSchema is given with format %s, which has none. Leave it out."
                      .formatted(format)));
      case JSON_SCHEMA, GRAMMAR ->
          when(
              !hasSchema,
              invalid(
                  "responseSchema",
                  "responseSchema is missing: format %s needs one. Give it.".formatted(format)));
    };
  }

  private static Optional<Final.Rejected> when(boolean broken, Final.Rejected rejection) {
    return broken ? Optional.of(rejection) : Optional.empty();
  }
}
