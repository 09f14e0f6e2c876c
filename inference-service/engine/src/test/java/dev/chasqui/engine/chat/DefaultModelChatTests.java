package dev.chasqui.engine.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.engine.api.ChatMessage;
import dev.chasqui.engine.api.ChatMessage.Role;
import dev.chasqui.engine.tokenize.Vocabularies;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The template of SmolLM2-135M-Instruct. */
class DefaultModelChatTests {

  private static final String TEMPLATE =
      "{% for message in messages %}{% if loop.first and messages[0]['role'] != 'system' %}"
          + "{{ '<|im_start|>system\nYou are a helpful AI assistant named SmolLM, trained by"
          + " Hugging Face<|im_end|>\n' }}{% endif %}{{'<|im_start|>' + message['role'] + '\n' +"
          + " message['content'] + '<|im_end|>' + '\n'}}{% endfor %}"
          + "{% if add_generation_prompt %}{{ '<|im_start|>assistant\n' }}{% endif %}";

  @Test
  void rendersAsTheReference() {
    ChatTemplate template = ChatTemplate.compile(TEMPLATE);
    for (JsonNode golden : Vocabularies.json("smollm2.golden.json")) {
      if (golden.has("messages")) {
        ChatInput.Ends ends = new ChatInput.Ends("<|im_start|>", "<|im_end|>");
        ChatInput input =
            new ChatInput(
                messages(golden.get("messages")), true, ends, Clock.systemUTC(), Map.of());
        assertThat(template.render(input).text()).isEqualTo(golden.get("rendered").asString());
      }
    }
  }

  private static List<ChatMessage> messages(JsonNode messages) {
    List<ChatMessage> turns = new ArrayList<>();
    for (JsonNode message : messages) {
      Role role = Role.valueOf(message.get("role").asString().toUpperCase(Locale.ROOT));
      turns.add(new ChatMessage(role, message.get("content").asString()));
    }
    return turns;
  }
}
