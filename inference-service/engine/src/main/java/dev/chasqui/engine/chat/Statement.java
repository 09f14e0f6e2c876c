package dev.chasqui.engine.chat;

import dev.chasqui.engine.chat.Expression.ArgumentList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A node of a template between its tags. */
sealed interface Statement {

  /** Text that stands in the template. */
  record Data(MarkedChars text) implements Statement {}

  /** {@code {{ expression }}}. */
  record Print(Expression expression, int line) implements Statement {}

  /** {@code {% if %} … {% elif %} … {% else %}}: the branches in order. */
  record If(List<Branch> branches, List<Statement> otherwise, int line) implements Statement {}

  /** A branch of an {@code if}. */
  record Branch(Expression condition, List<Statement> body) {}

  /** {@code {% for targets in items if condition %} body {% else %} otherwise}. */
  record For(
      List<String> targets,
      LoopSource source,
      List<Statement> body,
      List<Statement> otherwise,
      int line)
      implements Statement {}

  /** What a loop goes over. */
  record LoopSource(Expression items, Optional<Expression> condition) {}

  /** {@code {% set a, b = value %}}. */
  record Assign(List<String> targets, Expression value, int line) implements Statement {}

  /** {@code {% set namespace.attribute = value %}}. */
  record AssignAttribute(String namespace, String attribute, Expression value, int line)
      implements Statement {}

  /** {@code {% set name | filters %} body {% endset %}}. */
  record AssignBlock(String name, List<Filtered> filters, List<Statement> body, int line)
      implements Statement {}

  /** {@code {% filter name(arguments) %} body {% endfilter %}}. */
  record FilterBlock(List<Filtered> filters, List<Statement> body, int line) implements Statement {}

  /** One filter of a block. */
  record Filtered(String name, ArgumentList arguments) {}

  /** {@code {% macro name(parameters) %} body {% endmacro %}}. */
  record Macro(
      String name,
      List<String> parameters,
      Map<String, Expression> defaults,
      List<Statement> body,
      int line)
      implements Statement {}

  /** Statements that belong together, such as what a model is to be trained on. */
  record Block(List<Statement> body) implements Statement {}

  /** {@code {% break %}}. */
  record Break() implements Statement {}

  /** {@code {% continue %}}. */
  record Continue() implements Statement {}
}
