package dev.chasqui.engine.chat;

import dev.chasqui.engine.api.ChatTemplateException;
import java.util.Optional;
import java.util.Set;

/** Finds the chat template of a checkpoint. */
public final class ChatTemplates {

  private static final String CHATML =
      """
      {%- for message in messages -%}
      {{ '<|im_start|>' + message['role'] + '\\n' + message['content'] + '<|im_end|>\\n' }}
      {%- endfor -%}
      {%- if add_generation_prompt %}{{ '<|im_start|>assistant\\n' }}{% endif -%}
      """;

  private static final String LLAMA3 =
      """
      {{- bos_token -}}
      {%- for message in messages -%}
      {{ '<|start_header_id|>' + message['role'] + '<|end_header_id|>\\n\\n'
        + message['content'] | trim + '<|eot_id|>' }}
      {%- endfor -%}
      {%- if add_generation_prompt -%}
      {{ '<|start_header_id|>assistant<|end_header_id|>\\n\\n' }}
      {%- endif -%}
      """;

  private ChatTemplates() {}

  /**
   * Returns the checkpoint's own template, or the one that its control tokens show.
   *
   * @param own Jinja source that the checkpoint carries
   * @param controlTokens texts of the control tokens of its tokenizer
   * @return the template
   * @throws ChatTemplateException if its own cannot be compiled, or there is none to be had
   */
  public static ChatTemplate choose(Optional<String> own, Set<String> controlTokens) {
    if (own.isPresent()) {
      return ChatTemplate.compile(own.get());
    }
    if (controlTokens.contains("<|im_start|>") && controlTokens.contains("<|im_end|>")) {
      return ChatTemplate.compile(CHATML);
    }
    if (controlTokens.contains("<|start_header_id|>") && controlTokens.contains("<|eot_id|>")) {
      return ChatTemplate.compile(LLAMA3);
    }
    throw new ChatTemplateException(
        "the checkpoint has no chat template, and its tokens show neither ChatML nor Llama 3."
            + " Send a raw prompt, or take a checkpoint that was tuned for chat.");
  }
}
