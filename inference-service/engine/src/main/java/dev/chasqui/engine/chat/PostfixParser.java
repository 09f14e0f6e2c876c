package dev.chasqui.engine.chat;

import dev.chasqui.engine.chat.Expression.ArgumentList;
import dev.chasqui.engine.chat.Token.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads what follows a value: attributes, subscripts, calls, filters and tests. */
final class PostfixParser {

  private static final Set<String> NO_TEST_ARGUMENT =
      Set.of("else", "or", "and", "if", "in", "is", "not");

  private final TokenStream tokens;
  private final ExpressionParser expressions;

  PostfixParser(TokenStream tokens, ExpressionParser expressions) {
    this.tokens = tokens;
    this.expressions = expressions;
  }

  Expression accesses(Expression start) {
    Expression expression = start;
    while (true) {
      if (tokens.skipOperator(".")) {
        expression = attribute(expression);
      } else if (tokens.skipOperator("[")) {
        expression = subscript(expression);
      } else if (tokens.atOperator("(")) {
        expression = new Expression.Call(expression, arguments());
      } else {
        return expression;
      }
    }
  }

  Expression filters(Expression start) {
    Expression expression = start;
    while (true) {
      if (tokens.skipOperator("|")) {
        String name = dottedName();
        expression = new Expression.Filter(expression, name, optionalArguments());
      } else if (tokens.skipName("is")) {
        expression = test(expression);
      } else if (tokens.atOperator("(")) {
        expression = new Expression.Call(expression, arguments());
      } else {
        return expression;
      }
    }
  }

  ArgumentList optionalArguments() {
    return tokens.atOperator("(") ? arguments() : ArgumentList.NONE;
  }

  String dottedName() {
    StringBuilder name = new StringBuilder(tokens.expect(Kind.NAME).text());
    while (tokens.skipOperator(".")) {
      name.append('.').append(tokens.expect(Kind.NAME).text());
    }
    return name.toString();
  }

  private Expression attribute(Expression target) {
    if (tokens.at(Kind.INTEGER)) {
      return new Expression.Subscript(target, expressions.primary());
    }
    return new Expression.Attribute(target, tokens.expect(Kind.NAME).text());
  }

  private Expression subscript(Expression target) {
    Optional<Expression> start = sliceBound();
    if (start.isPresent() && !tokens.atOperator(":")) {
      tokens.expectOperator("]");
      return new Expression.Subscript(target, start.get());
    }
    tokens.expectOperator(":");
    Optional<Expression> stop = sliceBound();
    Optional<Expression> step =
        tokens.skipOperator(":") ? sliceBound() : Optional.<Expression>empty();
    tokens.expectOperator("]");
    return new Expression.Slice(target, start, stop, step);
  }

  private Optional<Expression> sliceBound() {
    return tokens.atOperator(":") || tokens.atOperator("]")
        ? Optional.empty()
        : Optional.of(expressions.tuple());
  }

  private Expression test(Expression input) {
    boolean negated = tokens.skipName("not");
    String name = dottedName();
    Expression test = new Expression.Test(input, name, testArguments());
    return negated ? new Expression.Not(test) : test;
  }

  private ArgumentList testArguments() {
    if (tokens.atOperator("(")) {
      return arguments();
    }
    boolean argument =
        switch (tokens.peek().kind()) {
          case NAME -> !NO_TEST_ARGUMENT.contains(tokens.peek().text());
          case STRING, INTEGER, FLOAT -> true;
          case OPERATOR -> "[{".contains(tokens.peek().text());
          default -> false;
        };
    return argument
        ? new ArgumentList(List.of(accesses(expressions.primary())), Map.of())
        : ArgumentList.NONE;
  }

  private ArgumentList arguments() {
    tokens.expectOperator("(");
    List<Expression> positional = new ArrayList<>();
    Map<String, Expression> named = new LinkedHashMap<>();
    while (!tokens.skipOperator(")")) {
      if (tokens.at(Kind.NAME) && tokens.peekSecond().is(Kind.OPERATOR, "=")) {
        String name = tokens.next().text();
        tokens.next();
        named.put(name, expressions.conditional());
      } else if (named.isEmpty()) {
        positional.add(expressions.conditional());
      } else {
        throw tokens.unexpected("a named argument");
      }
      if (!tokens.atOperator(")")) {
        tokens.expectOperator(",");
      }
    }
    return new ArgumentList(positional, named);
  }
}
