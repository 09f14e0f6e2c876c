package dev.chasqui.engine.chat;

import dev.chasqui.engine.api.ChatMessage;
import dev.chasqui.engine.api.ChatTemplateException;
import dev.chasqui.engine.api.MarkedText;
import dev.chasqui.engine.api.ToolCall;
import dev.chasqui.engine.chat.Value.Dict;
import dev.chasqui.engine.chat.Value.Items;
import dev.chasqui.engine.chat.Value.Text;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A chat template, compiled once.
 *
 * <p>Most templates write the beginning-of-text token themselves; {@link
 * dev.chasqui.engine.tokenize.Tokenizer#encodePrompt} does not add a second one. Never changes, and
 * serves any number of threads.
 */
public final class ChatTemplate {

  private static final int LONGEST_SOURCE = 1 << 20;

  private final String source;
  private final List<Statement> statements;

  private ChatTemplate(String source, List<Statement> statements) {
    this.source = source;
    this.statements = statements;
  }

  /**
   * Compiles a template.
   *
   * @param jinja its source
   * @return the template
   * @throws ChatTemplateException if it is no Jinja, or uses what this interpreter does not know
   */
  public static ChatTemplate compile(String jinja) {
    if (jinja.length() > LONGEST_SOURCE) {
      throw new ChatTemplateException(
          "the chat template has %d characters, the most is %d"
              .formatted(jinja.length(), LONGEST_SOURCE));
    }
    return new ChatTemplate(jinja, StatementParser.parse(jinja));
  }

  /**
   * Returns whether the template looks at a variable or key at all.
   *
   * @param name for example {@code tools}
   * @return whether its source has the name in it
   */
  public boolean mentions(String name) {
    return source.contains(name);
  }

  /** Returns the Jinja source. */
  public String source() {
    return source;
  }

  /**
   * Renders a conversation.
   *
   * @param input the conversation and what goes with it
   * @return the prompt, in which what users wrote is marked as theirs
   * @throws ChatTemplateException if the template refuses the conversation, is faulty, or takes
   *     more steps, characters or nesting than it may
   */
  public MarkedText render(ChatInput input) {
    Scope globals = Scope.outermost();
    Globals.define(globals, input.clock());
    globals.set("bos_token", Text.scaffold(input.ends().bosToken()));
    globals.set("eos_token", Text.scaffold(input.ends().eosToken()));
    globals.set("add_generation_prompt", new Value.Bool(input.addGenerationPrompt()));
    globals.set("messages", messages(input.messages()));
    OfferValues.define(globals, input.offer());
    input.variables().forEach((name, json) -> globals.set(name, JsonValues.read(name, json)));
    return new Renderer().render(statements, globals.inner()).toMarkedText();
  }

  private static Value messages(List<ChatMessage> messages) {
    return Items.list(messages.stream().map(ChatTemplate::message).toList());
  }

  private static Value message(ChatMessage message) {
    String role = message.role().name().toLowerCase(Locale.ROOT);
    Map<Value, Value> entries = new LinkedHashMap<>();
    entries.put(Text.scaffold("role"), Text.scaffold(role));
    entries.put(Text.scaffold("content"), new Text(MarkedChars.user(message.content())));
    if (!message.toolCalls().isEmpty()) {
      entries.put(
          Text.scaffold("tool_calls"),
          Items.list(message.toolCalls().stream().map(ChatTemplate::toolCall).toList()));
    }
    return Dict.of(entries);
  }

  private static Value toolCall(ToolCall call) {
    Map<Value, Value> function = new LinkedHashMap<>();
    function.put(Text.scaffold("name"), new Text(MarkedChars.user(call.name())));
    function.put(
        Text.scaffold("arguments"), JsonValues.read("arguments of a tool call", call.arguments()));
    Map<Value, Value> entries = new LinkedHashMap<>();
    entries.put(Text.scaffold("type"), Text.scaffold("function"));
    entries.put(Text.scaffold("function"), Dict.of(function));
    return Dict.of(entries);
  }
}
