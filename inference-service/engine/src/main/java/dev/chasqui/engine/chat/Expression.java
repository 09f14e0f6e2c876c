package dev.chasqui.engine.chat;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A node of an expression. */
sealed interface Expression {

  /** A value that stands in the template. */
  record Literal(Value value) implements Expression {}

  /** A variable. */
  record Name(String name) implements Expression {}

  /** A list or a tuple. */
  record Sequence(List<Expression> elements, boolean isTuple) implements Expression {}

  /** A dictionary. */
  record Pairs(List<Expression> keys, List<Expression> values) implements Expression {}

  /** {@code target.name}. */
  record Attribute(Expression target, String name) implements Expression {}

  /** {@code target[key]}. */
  record Subscript(Expression target, Expression key) implements Expression {}

  /** {@code target[start:stop:step]}. */
  record Slice(
      Expression target,
      Optional<Expression> start,
      Optional<Expression> stop,
      Optional<Expression> step)
      implements Expression {}

  /** {@code target(arguments)}. */
  record Call(Expression target, ArgumentList arguments) implements Expression {}

  /** {@code input | name(arguments)}. */
  record Filter(Expression input, String name, ArgumentList arguments) implements Expression {}

  /** {@code input is name(arguments)}. */
  record Test(Expression input, String name, ArgumentList arguments) implements Expression {}

  /** {@code not operand}. */
  record Not(Expression operand) implements Expression {}

  /** {@code -operand}. */
  record Negated(Expression operand) implements Expression {}

  /** {@code left and right}. */
  record And(Expression left, Expression right) implements Expression {}

  /** {@code left or right}. */
  record Or(Expression left, Expression right) implements Expression {}

  /** {@code left operator right} of two numbers, texts or lists. */
  record Arithmetic(String operator, Expression left, Expression right) implements Expression {}

  /** {@code a < b <= c …}: each operand with its neighbour. */
  record Comparison(Expression first, List<String> operators, List<Expression> operands)
      implements Expression {}

  /** {@code then if condition else otherwise}. */
  record Conditional(Expression condition, Expression then, Optional<Expression> otherwise)
      implements Expression {}

  /** The arguments of a call. */
  record ArgumentList(List<Expression> positional, Map<String, Expression> named) {

    static final ArgumentList NONE = new ArgumentList(List.of(), Map.of());
  }
}
