package dev.chasqui.engine.chat;

import dev.chasqui.engine.api.ChatTemplateException;
import dev.chasqui.engine.chat.Expression.ArgumentList;
import dev.chasqui.engine.chat.Value.Dict;
import dev.chasqui.engine.chat.Value.Function;
import dev.chasqui.engine.chat.Value.Items;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Computes the values of expressions in one rendering. */
final class Evaluator {

  private final Budget budget = new Budget();

  Budget budget() {
    return budget;
  }

  CharsBuilder builder() {
    return new CharsBuilder(budget);
  }

  Value evaluate(Expression expression, Scope scope) {
    budget.step();
    budget.enter();
    Value value = compute(expression, scope);
    budget.leave();
    return value;
  }

  Value call(Value target, Arguments arguments) {
    if (!(target instanceof Function function)) {
      throw new ChatTemplateException(Kinds.name(target) + " cannot be called");
    }
    budget.step();
    budget.enter();
    Value value = function.body().call(arguments, this);
    budget.leave();
    return value;
  }

  Value filter(String name, Value input, Arguments arguments) {
    budget.step();
    return Filters.named(name).apply(input, arguments, this);
  }

  boolean test(String name, Value input, Arguments arguments) {
    budget.step();
    return Predicates.named(name).holds(input, arguments, budget);
  }

  Arguments arguments(ArgumentList list, Scope scope) {
    Map<String, Value> named = new LinkedHashMap<>();
    list.named().forEach((name, value) -> named.put(name, evaluate(value, scope)));
    return new Arguments(all(list.positional(), scope), named);
  }

  private Value compute(Expression expression, Scope scope) {
    return switch (expression) {
      case Expression.Literal literal -> literal.value();
      case Expression.Name name -> scope.get(name.name());
      case Expression.Sequence sequence -> sequence(sequence, scope);
      case Expression.Pairs pairs -> dict(pairs, scope);
      case Expression.Attribute attribute ->
          Access.attribute(evaluate(attribute.target(), scope), attribute.name());
      case Expression.Subscript subscript ->
          Access.item(
              evaluate(subscript.target(), scope), evaluate(subscript.key(), scope), budget);
      case Expression.Slice slice -> slice(slice, scope);
      case Expression.Call call ->
          call(evaluate(call.target(), scope), arguments(call.arguments(), scope));
      case Expression.Filter filter ->
          filter(
              filter.name(), evaluate(filter.input(), scope), arguments(filter.arguments(), scope));
      case Expression.Test test ->
          new Value.Bool(
              test(test.name(), evaluate(test.input(), scope), arguments(test.arguments(), scope)));
      case Expression.Not not -> new Value.Bool(!Truth.of(evaluate(not.operand(), scope)));
      case Expression.Negated negated -> negated(evaluate(negated.operand(), scope));
      case Expression.And and -> {
        Value left = evaluate(and.left(), scope);
        yield Truth.of(left) ? evaluate(and.right(), scope) : left;
      }
      case Expression.Or or -> {
        Value left = evaluate(or.left(), scope);
        yield Truth.of(left) ? left : evaluate(or.right(), scope);
      }
      case Expression.Arithmetic arithmetic ->
          Operators.compute(
              arithmetic.operator(),
              evaluate(arithmetic.left(), scope),
              evaluate(arithmetic.right(), scope),
              budget);
      case Expression.Comparison comparison -> comparison(comparison, scope);
      case Expression.Conditional conditional -> conditional(conditional, scope);
    };
  }

  private static Value negated(Value value) {
    if (!Numbers.is(value)) {
      throw new ChatTemplateException(Kinds.name(value) + " has no negative");
    }
    return Numbers.negate(value);
  }

  private List<Value> all(List<Expression> expressions, Scope scope) {
    List<Value> values = new ArrayList<>(expressions.size());
    expressions.forEach(expression -> values.add(evaluate(expression, scope)));
    return values;
  }

  private Value sequence(Expression.Sequence sequence, Scope scope) {
    List<Value> elements = all(sequence.elements(), scope);
    return sequence.isTuple() ? Items.tuple(elements) : Items.list(elements);
  }

  private Value dict(Expression.Pairs pairs, Scope scope) {
    List<Value> keys = all(pairs.keys(), scope);
    List<Value> values = all(pairs.values(), scope);
    Map<Value, Value> entries = new LinkedHashMap<>();
    for (int i = 0; i < keys.size(); i++) {
      entries.put(keys.get(i), values.get(i));
    }
    return Dict.of(entries);
  }

  private Value slice(Expression.Slice slice, Scope scope) {
    return Slices.of(
        evaluate(slice.target(), scope),
        new Slices.Bounds(
            bound(slice.start(), scope), bound(slice.stop(), scope), bound(slice.step(), scope)),
        budget);
  }

  private Optional<Long> bound(Optional<Expression> bound, Scope scope) {
    return bound
        .map(expression -> evaluate(expression, scope))
        .filter(value -> !(value instanceof Value.None))
        .map(Arguments.Cast::whole);
  }

  private Value comparison(Expression.Comparison comparison, Scope scope) {
    Value left = evaluate(comparison.first(), scope);
    for (int i = 0; i < comparison.operators().size(); i++) {
      Value right = evaluate(comparison.operands().get(i), scope);
      if (!Operators.compare(comparison.operators().get(i), left, right, budget)) {
        return Value.FALSE;
      }
      left = right;
    }
    return Value.TRUE;
  }

  private Value conditional(Expression.Conditional conditional, Scope scope) {
    if (Truth.of(evaluate(conditional.condition(), scope))) {
      return evaluate(conditional.then(), scope);
    }
    return conditional
        .otherwise()
        .map(otherwise -> evaluate(otherwise, scope))
        .orElseGet(() -> new Value.Undefined("the missing else"));
  }
}
