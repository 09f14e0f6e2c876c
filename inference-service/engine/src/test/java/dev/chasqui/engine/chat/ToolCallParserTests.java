package dev.chasqui.engine.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.engine.api.ToolCall;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ToolCallParserTests {

  private static final Set<String> OFFERED = Set.of("songs", "add", "a.b");

  @Test
  void readsAllFormsThatLlamaWrites() {
    ToolCall songs = new ToolCall("songs", "{\"n\": 10, \"live\": true}");
    assertThat(parse("{\"name\": \"songs\", \"parameters\": {\"n\": 10, \"live\": true}}"))
        .containsExactly(songs);
    assertThat(
            parse(
                " {\"type\": \"function\", \"name\": \"songs\", \"parameters\": {\"n\": 10,"
                    + " \"live\": true}}\n"))
        .containsExactly(songs);
    assertThat(parse("<function=songs>{\"n\": 10, \"live\": true}</function>"))
        .containsExactly(songs);
    assertThat(parse("[songs(n=10, live=True)]")).containsExactly(songs);
    assertThat(
            parse(
                "<|python_tag|>{\"name\": \"songs\", \"arguments\": {\"n\": 10, \"live\": true}}"))
        .containsExactly(songs);
  }

  @Test
  void readsSeveralCalls() {
    assertThat(
            parse(
                "{\"name\": \"add\", \"parameters\": {\"a\": {\"x\": [1]}}}; {\"name\":"
                    + " \"songs\"}"))
        .containsExactly(new ToolCall("add", "{\"a\": {\"x\": [1]}}"), new ToolCall("songs", "{}"));
    assertThat(parse("[add(a=[1, -2.5e3, 'it\\'s'], b={\"k\": None}), a.b()]"))
        .containsExactly(
            new ToolCall("add", "{\"a\": [1, -2.5e3, \"it's\"], \"b\": {\"k\": null}}"),
            new ToolCall("a.b", "{}"));
  }

  @Test
  void readsBuiltInToolsAndCode() {
    assertThat(parse("<|python_tag|>brave_search.call(query=\"gold \\n price\")"))
        .containsExactly(new ToolCall("brave_search", "{\"query\": \"gold \\\\n price\"}"));
    assertThat(parse("<|python_tag|>print(\"7\")\nprint(8)"))
        .containsExactly(
            new ToolCall("code_interpreter", "{\"code\": \"print(\\\"7\\\")\\nprint(8)\"}"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "The answer is 4.",
        "{\"name\": \"rm\", \"parameters\": {}}",
        "{\"name\": \"songs\", \"parameters\": {}} is what I would call",
        "{\"name\": \"songs\", \"parameters\": {",
        "{\"city\": \"Paris\"}",
        "[songs(n=10]",
        "[songs(n=ten)]",
        "[songs]",
        "[1, 2, 3]",
        "[songs(n=",
        "<function=songs>{\"n\": }</function>",
        "songs(n=1)"
      })
  void whatIsNoCallStaysAnAnswer(String answer) {
    assertThat(parse(answer)).isEmpty();
  }

  private static List<ToolCall> parse(String answer) {
    return ToolCallParser.parse(answer, OFFERED);
  }
}
