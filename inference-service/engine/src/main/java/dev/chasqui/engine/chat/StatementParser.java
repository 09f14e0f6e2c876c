package dev.chasqui.engine.chat;

import dev.chasqui.engine.chat.Statement.Branch;
import dev.chasqui.engine.chat.Statement.Filtered;
import dev.chasqui.engine.chat.Statement.LoopSource;
import dev.chasqui.engine.chat.Token.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads a template: text, printing tags and statements. */
final class StatementParser {

  private final TokenStream tokens;
  private final ExpressionParser expressions;
  private final PostfixParser postfix;

  private StatementParser(TokenStream tokens) {
    this.tokens = tokens;
    this.expressions = new ExpressionParser(tokens);
    this.postfix = new PostfixParser(tokens, expressions);
  }

  static List<Statement> parse(String source) {
    StatementParser parser = new StatementParser(new TokenStream(Lexer.tokens(source)));
    List<Statement> statements = parser.body(Set.of());
    if (!parser.tokens.at(Kind.END)) {
      throw parser.tokens.unexpected("the end of the template");
    }
    return statements;
  }

  /** Reads up to a tag that begins with one of these words, whose bounds are left to be read. */
  private List<Statement> body(Set<String> ends) {
    tokens.enter();
    List<Statement> statements = new ArrayList<>();
    while (!tokens.at(Kind.END)) {
      if (tokens.at(Kind.BLOCK_START) && ends.contains(tokens.peekSecond().text())) {
        tokens.next();
        break;
      }
      statements.add(statement());
    }
    tokens.leave();
    return List.copyOf(statements);
  }

  private Statement statement() {
    Token token = tokens.next();
    return switch (token.kind()) {
      case DATA -> new Statement.Data(MarkedChars.scaffold(token.text()));
      case PRINT_START -> print(token.line());
      case BLOCK_START -> block();
      default -> throw tokens.unexpected("text or a tag");
    };
  }

  private Statement print(int line) {
    Expression expression = expressions.tuple();
    tokens.expect(Kind.PRINT_END);
    return new Statement.Print(expression, line);
  }

  private Statement block() {
    Token word = tokens.expect(Kind.NAME);
    int line = word.line();
    return switch (word.text()) {
      case "if" -> ifStatement(line);
      case "for" -> forStatement(line);
      case "set" -> set(line);
      case "macro" -> macro(line);
      case "filter" -> filterBlock(line);
      case "generation" -> generation();
      case "break" -> simple(new Statement.Break());
      case "continue" -> simple(new Statement.Continue());
      default ->
          throw tokens.failure(
              ("the statement '%s' is not known; known are if, for, set, macro, filter,"
                      + " generation, break, continue, raw")
                  .formatted(word.text()));
    };
  }

  private Statement simple(Statement statement) {
    tokens.expect(Kind.BLOCK_END);
    return statement;
  }

  private Statement ifStatement(int line) {
    List<Branch> branches = new ArrayList<>();
    do {
      Expression condition = expressions.tuple();
      tokens.expect(Kind.BLOCK_END);
      branches.add(new Branch(condition, body(Set.of("elif", "else", "endif"))));
    } while (tokens.skipName("elif"));
    List<Statement> otherwise = otherwise("endif");
    return new Statement.If(branches, otherwise, line);
  }

  private List<Statement> otherwise(String end) {
    List<Statement> otherwise = List.of();
    if (tokens.skipName("else")) {
      tokens.expect(Kind.BLOCK_END);
      otherwise = body(Set.of(end));
    }
    end(end);
    return otherwise;
  }

  private Statement forStatement(int line) {
    List<String> targets = targets();
    tokens.expectName("in");
    Expression items = expressions.or();
    Optional<Expression> condition =
        tokens.skipName("if") ? Optional.of(expressions.conditional()) : Optional.empty();
    tokens.expect(Kind.BLOCK_END);
    List<Statement> body = body(Set.of("else", "endfor"));
    List<Statement> otherwise = otherwise("endfor");
    return new Statement.For(targets, new LoopSource(items, condition), body, otherwise, line);
  }

  private List<String> targets() {
    boolean bracketed = tokens.skipOperator("(");
    List<String> targets = new ArrayList<>();
    do {
      targets.add(tokens.expect(Kind.NAME).text());
    } while (tokens.skipOperator(",") && tokens.at(Kind.NAME) && !tokens.atName("in"));
    if (bracketed) {
      tokens.expectOperator(")");
    }
    return targets;
  }

  private Statement set(int line) {
    if (tokens.at(Kind.NAME) && tokens.peekSecond().is(Kind.OPERATOR, ".")) {
      String namespace = tokens.next().text();
      tokens.next();
      String attribute = tokens.expect(Kind.NAME).text();
      return new Statement.AssignAttribute(namespace, attribute, assigned(), line);
    }
    List<String> targets = targets();
    if (tokens.atOperator("=")) {
      return new Statement.Assign(targets, assigned(), line);
    }
    List<Filtered> filters = new ArrayList<>();
    while (tokens.skipOperator("|")) {
      filters.add(filtered());
    }
    tokens.expect(Kind.BLOCK_END);
    List<Statement> body = body(Set.of("endset"));
    end("endset");
    return new Statement.AssignBlock(targets.getFirst(), filters, body, line);
  }

  private Expression assigned() {
    tokens.expectOperator("=");
    Expression value = expressions.tuple();
    tokens.expect(Kind.BLOCK_END);
    return value;
  }

  private Filtered filtered() {
    return new Filtered(postfix.dottedName(), postfix.optionalArguments());
  }

  private Statement macro(int line) {
    String name = tokens.expect(Kind.NAME).text();
    List<String> parameters = new ArrayList<>();
    Map<String, Expression> defaults = new LinkedHashMap<>();
    tokens.expectOperator("(");
    while (!tokens.skipOperator(")")) {
      String parameter = tokens.expect(Kind.NAME).text();
      parameters.add(parameter);
      if (tokens.skipOperator("=")) {
        defaults.put(parameter, expressions.conditional());
      }
      if (!tokens.atOperator(")")) {
        tokens.expectOperator(",");
      }
    }
    tokens.expect(Kind.BLOCK_END);
    List<Statement> body = body(Set.of("endmacro"));
    end("endmacro");
    return new Statement.Macro(name, parameters, defaults, body, line);
  }

  private Statement filterBlock(int line) {
    List<Filtered> filters = new ArrayList<>();
    do {
      filters.add(filtered());
    } while (tokens.skipOperator("|"));
    tokens.expect(Kind.BLOCK_END);
    List<Statement> body = body(Set.of("endfilter"));
    end("endfilter");
    return new Statement.FilterBlock(filters, body, line);
  }

  private Statement generation() {
    tokens.expect(Kind.BLOCK_END);
    List<Statement> body = body(Set.of("endgeneration"));
    end("endgeneration");
    return new Statement.Block(body);
  }

  private void end(String word) {
    tokens.expectName(word);
    tokens.expect(Kind.BLOCK_END);
  }
}
