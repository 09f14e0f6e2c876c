package dev.chasqui.engine.runtime;

import dev.chasqui.engine.api.Tool;
import dev.chasqui.engine.api.ToolCall;
import dev.chasqui.engine.chat.ToolCallParser;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/** Collects an answer that may turn out to be calls of tools. */
final class ToolCallText {

  private final Set<String> offered = new HashSet<>();
  private final OptionalInt pythonTag;
  private final StringBuilder text = new StringBuilder();

  /**
   * Begins an answer.
   *
   * @param tools what was offered
   * @param pythonTag the token that begins a call of a built-in tool, which has no text
   */
  ToolCallText(List<Tool> tools, OptionalInt pythonTag) {
    tools.forEach(tool -> offered.add(tool.name()));
    this.pythonTag = pythonTag;
  }

  void accept(int tokenId, String released) {
    if (pythonTag.isPresent() && pythonTag.getAsInt() == tokenId) {
      text.append(ToolCallParser.PYTHON_TAG);
    }
    text.append(released);
  }

  List<ToolCall> calls() {
    return ToolCallParser.parse(text.toString(), offered);
  }
}
