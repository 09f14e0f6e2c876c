package dev.chasqui.guard.topology.input;

import dev.chasqui.events.Message;
import dev.chasqui.events.PromptSubmitted;
import dev.chasqui.events.ResponseFormat;
import dev.chasqui.events.Role;
import dev.chasqui.guard.topology.wire.Final;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What a prompt must be, whoever answers it. Each rule names field, value, limit and remedy. */
final class PromptRules {

  private static final String INVALID = "invalid-prompt";
  private static final String NOT_SUPPORTED = "not-supported";
  private static final int LONGEST_NAME = 256;
  private static final int SHORT = 80;

  private static final List<Function<PromptSubmitted, Optional<Final.Rejected>>> RULES =
      List.of(
          PromptRules::tenant,
          PromptRules::content,
          PromptRules::roles,
          PromptRules::lastTurn,
          PromptRules::adapter,
          PromptRules::tools,
          PromptRules::documents,
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
    return text.length() <= SHORT ? text : text.substring(0, SHORT) + "…";
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
    boolean hasMessages = !prompt.getMessages().isEmpty();
    String raw = prompt.getRawPrompt();
    if (hasMessages && raw != null) {
      return Optional.of(
          invalid(
              "rawPrompt",
              "rawPrompt is given beside %d messages: only one of them can be answered. Leave one out."
                  .formatted(prompt.getMessages().size())));
    }
    if (raw != null) {
      return when(
          raw.isEmpty(),
          invalid(
              "rawPrompt", "rawPrompt is empty: it must hold text. Give a text to go on from."));
    }
    return when(
        prompt.getMessages().stream().allMatch(message -> message.getContent().isBlank()),
        invalid(
            "messages",
            "messages holds %d turns with no text: at least one must hold some. Give messages or a rawPrompt."
                .formatted(prompt.getMessages().size())));
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

  private static Optional<Final.Rejected> adapter(PromptSubmitted prompt) {
    String adapter = prompt.getAdapter();
    return when(adapter != null, unsupported("adapter", "\"" + adapter + "\"", "Leave it out."));
  }

  private static Optional<Final.Rejected> tools(PromptSubmitted prompt) {
    int count = prompt.getTools().size();
    return when(count > 0, unsupported("tools", "a list of " + count, "Leave it empty."));
  }

  private static Optional<Final.Rejected> documents(PromptSubmitted prompt) {
    int count = prompt.getDocuments().size();
    return when(
        count > 0,
        unsupported("documents", "a list of " + count, "Put their text into the messages."));
  }

  private static Optional<Final.Rejected> responseFormat(PromptSubmitted prompt) {
    ResponseFormat format = prompt.getResponseFormat();
    if (format != ResponseFormat.TEXT) {
      return Optional.of(unsupported("responseFormat", format.toString(), "Use TEXT."));
    }
    return when(
        prompt.getResponseSchema() != null,
        invalid("responseSchema", "responseSchema is given with format TEXT. Leave it out."));
  }

  private static Optional<Final.Rejected> when(boolean broken, Final.Rejected rejection) {
    return broken ? Optional.of(rejection) : Optional.empty();
  }
}
