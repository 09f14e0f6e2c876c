package dev.chasqui.engine.chat;

import dev.chasqui.engine.api.ChatTemplateException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The chat templates for checkpoints without one: how each is called, and which checkpoints it
 * fits. Of several that fit, the first one is taken; those that only a name can show come before
 * those that control tokens show.
 */
enum BuiltInTemplate {
  LLAMA_GUARD_3("llama-guard-3", "llama-?guard-?3", LlamaTokens.LLAMA_3),
  LLAMA_GUARD_2("llama-guard-2", "llama-?guard-?2", LlamaTokens.LLAMA_3),
  LLAMA_GUARD_1("llama-guard-1", "llama-?guard(?!-?[2-9](?![0-9]*b))", Set.of()),
  LLAMA_3_3("llama3.3", "llama-?3\\.3.*instruct", LlamaTokens.LLAMA_3),
  LLAMA_3_2("llama3.2", "llama-?3\\.2.*instruct", LlamaTokens.LLAMA_3),
  LLAMA_3_1("llama3.1", "llama-?3\\.1.*instruct", LlamaTokens.LLAMA_3),
  VICUNA("vicuna", "vicuna", Set.of()),
  ALPACA("alpaca", "alpaca", Set.of()),
  CODE_LLAMA("codellama-instruct", "code-?llama-?(7|13|34)b-instruct", Set.of()),
  LLAMA_2("llama2-chat", "llama-?2.*chat", Set.of()),
  CHATML("chatml", "", Set.of("<|im_start|>", "<|im_end|>")),
  LLAMA_3("llama3", "", LlamaTokens.LLAMA_3);

  /** Today's date in the words of Llama 3.2, whose template is else that of 3.1. */
  private static final String TODAY =
      """
      {%- if not date_string is defined -%}{%- set date_string = strftime_now("%d %b %Y") -%}{%- endif -%}
      """;

  private final String publicName;
  private final Pattern modelName;
  private final Set<String> controlTokens;

  /**
   * Describes a template.
   *
   * @param publicName what people call it
   * @param modelName found in the names of its models, whatever their case; empty fits every name
   * @param controlTokens what its models have
   */
  BuiltInTemplate(String publicName, String modelName, Set<String> controlTokens) {
    this.publicName = publicName;
    this.modelName = Pattern.compile(modelName, Pattern.CASE_INSENSITIVE);
    this.controlTokens = controlTokens;
  }

  /** Tokens that show a vocabulary. */
  private static final class LlamaTokens {
    private static final Set<String> LLAMA_3 = Set.of("<|start_header_id|>", "<|eot_id|>");
  }

  static Optional<BuiltInTemplate> named(String name) {
    return Arrays.stream(values()).filter(each -> each.publicName.equals(name)).findFirst();
  }

  static Optional<BuiltInTemplate> fitting(String modelName, Set<String> controlTokens) {
    return Arrays.stream(values())
        .filter(each -> controlTokens.containsAll(each.controlTokens))
        .filter(each -> each.modelName.matcher(modelName.replace('_', '-')).find())
        .findFirst();
  }

  static String names() {
    return Arrays.stream(values()).map(each -> each.publicName).collect(Collectors.joining(", "));
  }

  ChatTemplate compile() {
    return ChatTemplate.compile(
        switch (this) {
          case CODE_LLAMA, LLAMA_2 -> resource("llama2-chat");
          case LLAMA_3_2 -> TODAY + resource("llama3.1");
          case LLAMA_3_1, LLAMA_3_3 -> resource("llama3.1");
          case LLAMA_GUARD_1, LLAMA_GUARD_2, LLAMA_GUARD_3, LLAMA_3, VICUNA, ALPACA, CHATML ->
              resource(publicName);
        });
  }

  private static String resource(String name) {
    try (InputStream source = BuiltInTemplate.class.getResourceAsStream(name + ".jinja")) {
      if (source == null) {
        throw new ChatTemplateException("the template " + name + " is missing from this jar");
      }
      return new String(source.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
