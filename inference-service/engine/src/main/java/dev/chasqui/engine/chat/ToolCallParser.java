package dev.chasqui.engine.chat;

import dev.chasqui.engine.api.ToolCall;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads calls of tools as Llama 3.1 and later write them (meta-llama/llama-models,
 * models/llama3/tool_utils.py): JSON objects, {@code <function=name>{…}</function>}, a Python list
 * of calls, and built-in tools and code behind {@code <|python_tag|>}.
 */
public final class ToolCallParser {

  /** What the token is written as that begins calls of built-in tools. */
  public static final String PYTHON_TAG = "<|python_tag|>";

  private static final Set<String> BUILT_IN = Set.of("brave_search", "wolfram_alpha", "photogen");
  private static final Pattern BUILT_IN_CALL =
      Pattern.compile("([A-Za-z_]+)\\.call\\(([A-Za-z_]+)=\"(.*)\"\\)", Pattern.DOTALL);
  private static final Pattern FUNCTION_TAG =
      Pattern.compile("<function=([^>{}]+)>(\\{.*\\})(?:</function>)?", Pattern.DOTALL);

  private ToolCallParser() {}

  /**
   * Reads an answer.
   *
   * @param answer its text, with {@link #PYTHON_TAG} where that token was
   * @param offered names of the tools that were offered; others are not called
   * @return the calls; empty unless the answer is nothing but calls
   */
  public static List<ToolCall> parse(String answer, Set<String> offered) {
    String text = answer.strip();
    if (text.startsWith(PYTHON_TAG)) {
      return tagged(text.substring(PYTHON_TAG.length()).strip(), offered);
    }
    return builtIn(text).or(() -> written(text, offered)).orElse(List.of());
  }

  private static List<ToolCall> tagged(String text, Set<String> offered) {
    if (text.isEmpty()) {
      return List.of();
    }
    return builtIn(text)
        .or(() -> written(text, offered))
        .orElseGet(() -> List.of(new ToolCall("code_interpreter", argument("code", text))));
  }

  private static Optional<List<ToolCall>> builtIn(String text) {
    Matcher call = BUILT_IN_CALL.matcher(text);
    return call.matches() && BUILT_IN.contains(call.group(1))
        ? Optional.of(List.of(new ToolCall(call.group(1), argument(call.group(2), call.group(3)))))
        : Optional.empty();
  }

  private static Optional<List<ToolCall>> written(String text, Set<String> offered) {
    Matcher tag = FUNCTION_TAG.matcher(text);
    Optional<List<ToolCall>> calls =
        tag.matches() && CallObjects.isObject(tag.group(2))
            ? Optional.of(List.of(new ToolCall(tag.group(1), tag.group(2))))
            : CallObjects.parse(text).or(() -> PythonCalls.parse(text));
    return calls.filter(all -> all.stream().allMatch(call -> offered.contains(call.name())));
  }

  private static String argument(String name, String value) {
    return "{" + quoted(name) + ": " + quoted(value) + "}";
  }

  /** Writes a JSON string. */
  static String quoted(String text) {
    StringBuilder json = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"', '\\' -> json.append('\\').append(c);
        case '\n' -> json.append("\\n");
        case '\r' -> json.append("\\r");
        case '\t' -> json.append("\\t");
        default -> json.append(c < ' ' ? "\\u%04x".formatted((int) c) : String.valueOf(c));
      }
    }
    return json.append('"').toString();
  }
}
