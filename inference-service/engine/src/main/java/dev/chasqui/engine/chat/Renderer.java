package dev.chasqui.engine.chat;

import dev.chasqui.engine.api.ChatTemplateException;
import dev.chasqui.engine.chat.Statement.Filtered;
import dev.chasqui.engine.chat.Value.Function;
import dev.chasqui.engine.chat.Value.Items;
import dev.chasqui.engine.chat.Value.Loop;
import dev.chasqui.engine.chat.Value.Namespace;
import dev.chasqui.engine.chat.Value.Text;
import java.util.ArrayList;
import java.util.List;

/** Runs the statements of a template once. */
final class Renderer {

  private final Evaluator evaluator = new Evaluator();
  private CharsBuilder out = evaluator.builder();
  private int line = 1;

  /** How a statement ended. */
  private enum Flow {
    /** The next one follows. */
    ON,
    /** The loop around it ends. */
    BREAK,
    /** The next turn of the loop around it begins. */
    CONTINUE
  }

  MarkedChars render(List<Statement> statements, Scope scope) {
    try {
      run(statements, scope);
      return out.build();
    } catch (ChatTemplateException failure) {
      throw new ChatTemplateException(
          "chat template line %d: %s".formatted(line, failure.getMessage()));
    }
  }

  private Flow run(List<Statement> statements, Scope scope) {
    for (Statement statement : statements) {
      evaluator.budget().step();
      Flow flow = run(statement, scope);
      if (flow != Flow.ON) {
        return flow;
      }
    }
    return Flow.ON;
  }

  private Flow run(Statement statement, Scope scope) {
    return switch (statement) {
      case Statement.Data data -> print(new Text(data.text()));
      case Statement.Print print -> print(evaluate(print.expression(), scope, print.line()));
      case Statement.If choice -> run(chosen(choice, scope), scope);
      case Statement.For loop -> loop(loop, scope);
      case Statement.Block block -> run(block.body(), scope);
      case Statement.Break ended -> Flow.BREAK;
      case Statement.Continue ended -> Flow.CONTINUE;
      case Statement.Assign set -> {
        assign(set.targets(), evaluate(set.value(), scope, set.line()), scope);
        yield Flow.ON;
      }
      case Statement.AssignAttribute set -> {
        assignAttribute(set, scope);
        yield Flow.ON;
      }
      case Statement.AssignBlock set -> {
        line = set.line();
        scope.set(set.name(), filtered(captured(set.body(), scope.inner()), set.filters(), scope));
        yield Flow.ON;
      }
      case Statement.FilterBlock block -> {
        line = block.line();
        yield print(filtered(captured(block.body(), scope.inner()), block.filters(), scope));
      }
      case Statement.Macro macro -> {
        scope.set(macro.name(), function(macro, scope));
        yield Flow.ON;
      }
    };
  }

  private Value evaluate(Expression expression, Scope scope, int at) {
    line = at;
    return evaluator.evaluate(expression, scope);
  }

  private Flow print(Value value) {
    out.append(Printer.text(value, evaluator.budget()).chars());
    return Flow.ON;
  }

  private List<Statement> chosen(Statement.If choice, Scope scope) {
    for (Statement.Branch branch : choice.branches()) {
      if (Truth.of(evaluate(branch.condition(), scope, choice.line()))) {
        return branch.body();
      }
    }
    return choice.otherwise();
  }

  private Flow loop(Statement.For loop, Scope scope) {
    List<Value> elements = elements(loop, scope);
    if (elements.isEmpty()) {
      return run(loop.otherwise(), scope.inner());
    }
    for (int index = 0; index < elements.size(); index++) {
      evaluator.budget().step();
      Scope turn = scope.inner();
      line = loop.line();
      assign(loop.targets(), elements.get(index), turn);
      turn.set("loop", new Loop(elements, index));
      if (run(loop.body(), turn) == Flow.BREAK) {
        break;
      }
    }
    return Flow.ON;
  }

  private List<Value> elements(Statement.For loop, Scope scope) {
    Value items = evaluate(loop.source().items(), scope, loop.line());
    List<Value> elements = Sequences.of(items, evaluator.budget());
    if (loop.source().condition().isEmpty()) {
      return elements;
    }
    List<Value> kept = new ArrayList<>();
    for (Value element : elements) {
      Scope turn = scope.inner();
      assign(loop.targets(), element, turn);
      if (Truth.of(evaluator.evaluate(loop.source().condition().get(), turn))) {
        kept.add(element);
      }
    }
    return kept;
  }

  private void assign(List<String> targets, Value value, Scope scope) {
    if (targets.size() == 1) {
      scope.set(targets.getFirst(), value);
      return;
    }
    List<Value> parts = Sequences.of(value, evaluator.budget());
    if (parts.size() != targets.size()) {
      throw new ChatTemplateException(
          "%d values cannot be assigned to %d names".formatted(parts.size(), targets.size()));
    }
    for (int i = 0; i < parts.size(); i++) {
      scope.set(targets.get(i), parts.get(i));
    }
  }

  private void assignAttribute(Statement.AssignAttribute set, Scope scope) {
    Value value = evaluate(set.value(), scope, set.line());
    if (!(scope.get(set.namespace()) instanceof Namespace namespace)) {
      throw new ChatTemplateException(set.namespace() + " is no namespace");
    }
    namespace.attributes.put(set.attribute(), value);
  }

  private Text captured(List<Statement> body, Scope scope) {
    CharsBuilder outside = out;
    out = evaluator.builder();
    run(body, scope);
    Text text = out.text();
    out = outside;
    return text;
  }

  private Value filtered(Value value, List<Filtered> filters, Scope scope) {
    Value result = value;
    for (Filtered filter : filters) {
      result =
          evaluator.filter(filter.name(), result, evaluator.arguments(filter.arguments(), scope));
    }
    return result;
  }

  private Function function(Statement.Macro macro, Scope scope) {
    return new Function(
        macro.name(),
        (arguments, run) -> {
          int callLine = line;
          Text text = captured(macro.body(), bound(macro, arguments, scope));
          line = callLine;
          return text;
        });
  }

  private Scope bound(Statement.Macro macro, Arguments arguments, Scope around) {
    Scope scope = around.inner();
    List<Value> rest = arguments.from(macro.parameters().size()).positional();
    scope.set("varargs", Items.tuple(rest));
    for (int i = 0; i < macro.parameters().size(); i++) {
      String name = macro.parameters().get(i);
      Expression otherwise = macro.defaults().get(name);
      scope.set(
          name,
          arguments
              .get(i, name)
              .orElseGet(() ->
                  otherwise == null
                      ? new Value.Undefined(name)
                      : evaluator.evaluate(otherwise, scope)));
    }
    return scope;
  }
}
