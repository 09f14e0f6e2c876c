package dev.chasqui.engine.chat;

import dev.chasqui.engine.api.ChatTemplateException;
import dev.chasqui.engine.chat.Token.Kind;
import java.util.List;

/** The tokens of a template, read one by one, and how deep the parser is nested. */
final class TokenStream {

  private static final int DEEPEST = 100;

  private final List<Token> tokens;
  private int position;
  private int depth;

  TokenStream(List<Token> tokens) {
    this.tokens = tokens;
  }

  Token peek() {
    return tokens.get(position);
  }

  Token peekSecond() {
    return tokens.get(Math.min(position + 1, tokens.size() - 1));
  }

  Token next() {
    Token token = peek();
    position = Math.min(position + 1, tokens.size() - 1);
    return token;
  }

  boolean at(Kind kind) {
    return peek().kind() == kind;
  }

  boolean at(Kind kind, String text) {
    return peek().is(kind, text);
  }

  boolean atOperator(String text) {
    return at(Kind.OPERATOR, text);
  }

  boolean atName(String text) {
    return at(Kind.NAME, text);
  }

  /** Takes the next token if it is this one. */
  boolean skip(Kind kind, String text) {
    boolean found = at(kind, text);
    if (found) {
      next();
    }
    return found;
  }

  boolean skipOperator(String text) {
    return skip(Kind.OPERATOR, text);
  }

  boolean skipName(String text) {
    return skip(Kind.NAME, text);
  }

  Token expect(Kind kind) {
    if (!at(kind)) {
      throw unexpected(kind.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' '));
    }
    return next();
  }

  void expectOperator(String text) {
    if (!skipOperator(text)) {
      throw unexpected("'" + text + "'");
    }
  }

  void expectName(String text) {
    if (!skipName(text)) {
      throw unexpected("'" + text + "'");
    }
  }

  int line() {
    return peek().line();
  }

  void enter() {
    if (++depth > DEEPEST) {
      throw failure("nested more than %d deep".formatted(DEEPEST));
    }
  }

  void leave() {
    depth--;
  }

  ChatTemplateException unexpected(String expected) {
    return failure("found %s, expected %s".formatted(peek().described(), expected));
  }

  ChatTemplateException failure(String what) {
    return new ChatTemplateException("chat template line %d: %s".formatted(line(), what));
  }
}
