package dev.chasqui.engine.chat;

import dev.chasqui.engine.chat.Token.Kind;
import dev.chasqui.engine.chat.Value.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads expressions with the precedences of Jinja (pallets/jinja, src/jinja2/parser.py): one method
 * a level, loosest first.
 */
final class ExpressionParser {

  private static final Set<String> COMPARISONS = Set.of("==", "!=", "<", "<=", ">", ">=");

  private final TokenStream tokens;
  private final PostfixParser postfix;

  ExpressionParser(TokenStream tokens) {
    this.tokens = tokens;
    this.postfix = new PostfixParser(tokens, this);
  }

  /** Reads an expression, or several with commas between them as a tuple. */
  Expression tuple() {
    Expression first = conditional();
    if (!tokens.atOperator(",")) {
      return first;
    }
    List<Expression> elements = new ArrayList<>(List.of(first));
    while (tokens.skipOperator(",") && startsExpression()) {
      elements.add(conditional());
    }
    return new Expression.Sequence(elements, true);
  }

  Expression conditional() {
    tokens.enter();
    Expression expression = or();
    while (tokens.skipName("if")) {
      Expression condition = or();
      Optional<Expression> otherwise =
          tokens.skipName("else") ? Optional.of(conditional()) : Optional.empty();
      expression = new Expression.Conditional(condition, expression, otherwise);
    }
    tokens.leave();
    return expression;
  }

  Expression or() {
    Expression left = and();
    while (tokens.skipName("or")) {
      left = new Expression.Or(left, and());
    }
    return left;
  }

  private Expression and() {
    Expression left = not();
    while (tokens.skipName("and")) {
      left = new Expression.And(left, not());
    }
    return left;
  }

  private Expression not() {
    if (!tokens.skipName("not")) {
      return comparison();
    }
    tokens.enter();
    Expression operand = not();
    tokens.leave();
    return new Expression.Not(operand);
  }

  private Expression comparison() {
    Expression first = sum();
    List<String> operators = new ArrayList<>();
    List<Expression> operands = new ArrayList<>();
    while (true) {
      Optional<String> operator = comparisonOperator();
      if (operator.isEmpty()) {
        break;
      }
      operators.add(operator.get());
      operands.add(sum());
    }
    return operators.isEmpty() ? first : new Expression.Comparison(first, operators, operands);
  }

  private Optional<String> comparisonOperator() {
    if (tokens.at(Kind.OPERATOR) && COMPARISONS.contains(tokens.peek().text())) {
      return Optional.of(tokens.next().text());
    }
    if (tokens.skipName("in")) {
      return Optional.of("in");
    }
    if (tokens.atName("not") && tokens.peekSecond().is(Kind.NAME, "in")) {
      tokens.next();
      tokens.next();
      return Optional.of("not in");
    }
    return Optional.empty();
  }

  private Expression sum() {
    Expression left = concatenation();
    while (tokens.atOperator("+") || tokens.atOperator("-")) {
      left = new Expression.Arithmetic(tokens.next().text(), left, concatenation());
    }
    return left;
  }

  private Expression concatenation() {
    Expression left = product();
    while (tokens.skipOperator("~")) {
      left = new Expression.Arithmetic("~", left, product());
    }
    return left;
  }

  private Expression product() {
    Expression left = power();
    while (tokens.atOperator("*")
        || tokens.atOperator("/")
        || tokens.atOperator("//")
        || tokens.atOperator("%")) {
      left = new Expression.Arithmetic(tokens.next().text(), left, power());
    }
    return left;
  }

  private Expression power() {
    Expression left = unary();
    while (tokens.skipOperator("**")) {
      left = new Expression.Arithmetic("**", left, unary());
    }
    return left;
  }

  private Expression unary() {
    Expression expression = signed();
    return postfix.filters(expression);
  }

  private Expression signed() {
    if (tokens.atOperator("-") || tokens.atOperator("+")) {
      String sign = tokens.next().text();
      tokens.enter();
      Expression operand = signed();
      tokens.leave();
      return sign.equals("-") ? new Expression.Negated(operand) : operand;
    }
    return postfix.accesses(primary());
  }

  Expression primary() {
    Token token = tokens.peek();
    return switch (token.kind()) {
      case NAME -> name(tokens.next());
      case STRING -> string();
      case INTEGER -> new Expression.Literal(new Value.Whole(whole(tokens.next())));
      case FLOAT ->
          new Expression.Literal(new Value.Real(Double.parseDouble(tokens.next().text())));
      case OPERATOR -> bracketed();
      default -> throw tokens.unexpected("an expression");
    };
  }

  private long whole(Token token) {
    try {
      return Long.parseLong(token.text());
    } catch (NumberFormatException tooLarge) {
      throw tokens.failure("the number %s is too large".formatted(token.text()));
    }
  }

  private static Expression name(Token token) {
    return switch (token.text()) {
      case "true", "True" -> new Expression.Literal(Value.TRUE);
      case "false", "False" -> new Expression.Literal(Value.FALSE);
      case "none", "None" -> new Expression.Literal(Value.NONE);
      default -> new Expression.Name(token.text());
    };
  }

  private Expression string() {
    StringBuilder text = new StringBuilder(tokens.next().text());
    while (tokens.at(Kind.STRING)) {
      text.append(tokens.next().text());
    }
    return new Expression.Literal(Text.scaffold(text.toString()));
  }

  private Expression bracketed() {
    if (tokens.skipOperator("(")) {
      return inRoundBrackets();
    }
    if (tokens.skipOperator("[")) {
      return new Expression.Sequence(elements("]"), false);
    }
    if (tokens.skipOperator("{")) {
      return pairs();
    }
    throw tokens.unexpected("an expression");
  }

  private Expression inRoundBrackets() {
    if (tokens.skipOperator(")")) {
      return new Expression.Sequence(List.of(), true);
    }
    Expression inner = tuple();
    tokens.expectOperator(")");
    return inner;
  }

  private List<Expression> elements(String end) {
    List<Expression> elements = new ArrayList<>();
    while (!tokens.skipOperator(end)) {
      elements.add(conditional());
      if (!tokens.atOperator(end)) {
        tokens.expectOperator(",");
      }
    }
    return elements;
  }

  private Expression pairs() {
    List<Expression> keys = new ArrayList<>();
    List<Expression> values = new ArrayList<>();
    while (!tokens.skipOperator("}")) {
      keys.add(conditional());
      tokens.expectOperator(":");
      values.add(conditional());
      if (!tokens.atOperator("}")) {
        tokens.expectOperator(",");
      }
    }
    return new Expression.Pairs(keys, values);
  }

  private boolean startsExpression() {
    return switch (tokens.peek().kind()) {
      case NAME, STRING, INTEGER, FLOAT -> true;
      case OPERATOR -> "([{-+".contains(tokens.peek().text());
      default -> false;
    };
  }
}
