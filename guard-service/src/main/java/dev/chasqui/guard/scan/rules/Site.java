package dev.chasqui.guard.scan.rules;

import com.google.re2j.Matcher;
import dev.chasqui.guard.scan.code.SourceText;
import dev.chasqui.guard.scan.code.View;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** A place where a rule's pattern matched, and what its conditions can ask about it. */
final class Site {

  private static final int NEAR_LINES = 3;
  private static final int LONGEST_STATEMENT = 4096;

  private final SourceText source;
  private final int start;
  private final int end;
  private final Map<String, String> captures = new HashMap<>();
  private final Optional<Call> call;

  /** A match in a part of the source that begins at an offset. */
  Site(SourceText source, Rule rule, Matcher match, int offset) {
    this.source = source;
    this.start = offset + match.start();
    this.end = offset + match.end();
    for (String name : rule.pattern().namedGroups().keySet()) {
      String captured = match.group(name);
      if (captured != null) {
        captures.put(name, captured);
      }
    }
    this.call = call();
  }

  /** Where the finding is: the first sign of the match that is no space. */
  int offset() {
    int at = start;
    while (at < end - 1 && Character.isWhitespace(source.view(View.TEXT).charAt(at))) {
      at++;
    }
    return at;
  }

  boolean holds(Condition condition) {
    return switch (condition) {
      case Condition.Like(Condition.Scope scope, Template template) ->
          template.filled(captures).matcher(text(scope)).find();
      case Condition.ArgumentIs(int index, Condition.ArgumentKind kind) -> is(index, kind);
      case Condition.ArgumentLike(int index, Template template) ->
          argument(index).filter(range -> isLike(range, template)).isPresent();
    };
  }

  /** Whether the match may look different when more code has come. */
  boolean mayChange() {
    boolean open = call.map(it -> !it.closed()).orElse(false);
    return open || statementEnd() >= source.view(View.TEXT).length();
  }

  private boolean is(int index, Condition.ArgumentKind kind) {
    Optional<Call.Range> argument = argument(index);
    return switch (kind) {
      case PRESENT -> argument.isPresent();
      case ABSENT -> argument.isEmpty();
      case CONSTANT -> argument.isPresent() && isConstant(argument.get());
      case VARIABLE -> argument.isPresent() && !isConstant(argument.get());
    };
  }

  private boolean isConstant(Call.Range argument) {
    return new Constants(source).isConstant(argument.from(), argument.end());
  }

  private boolean isLike(Call.Range range, Template template) {
    String argument = source.view(View.CODE).substring(range.from(), range.end());
    return template.filled(captures).matcher(argument).find();
  }

  private Optional<Call.Range> argument(int index) {
    return call.flatMap(it -> {
      int at = index < 0 ? it.arguments().size() + index : index;
      return at >= 0 && at < it.arguments().size()
          ? Optional.of(it.arguments().get(at))
          : Optional.empty();
    });
  }

  private Optional<Call> call() {
    String bare = source.view(View.BARE);
    int open = end - ("([".indexOf(bare.charAt(end - 1)) >= 0 ? 1 : 0);
    while (open < bare.length() && bare.charAt(open) == ' ') {
      open++;
    }
    boolean opens = open < bare.length() && "([".indexOf(bare.charAt(open)) >= 0;
    return opens ? Optional.of(Call.read(bare, open)) : Optional.empty();
  }

  private String text(Condition.Scope scope) {
    String code = source.view(View.CODE);
    return switch (scope) {
      case MATCH -> code.substring(start, end);
      case CALL -> call.map(it -> code.substring(it.from(), it.end())).orElse("");
      case STATEMENT -> code.substring(lineStart(start), statementEnd());
      case BODY -> body(code);
      case NEAR -> near(code);
      case BEFORE -> code.substring(0, start);
      case AFTER -> code.substring(end);
      case BLOCK -> code;
    };
  }

  private String body(String code) {
    String bare = source.view(View.BARE);
    int from = call.map(Call::end).orElse(end);
    int brace = bare.indexOf('{', from);
    int semicolon = bare.indexOf(';', from);
    boolean braces = brace >= 0 && (semicolon < 0 || brace < semicolon);
    return braces
        ? code.substring(brace, Call.read(bare, brace).end())
        : code.substring(from, semicolon < 0 ? code.length() : semicolon);
  }

  private String near(String code) {
    int from = lineStart(start);
    int to = end;
    for (int i = 0; i < NEAR_LINES; i++) {
      from = from == 0 ? 0 : lineStart(from - 1);
      int found = code.indexOf('\n', to);
      to = found < 0 ? code.length() : found + 1;
    }
    return code.substring(from, to);
  }

  private int lineStart(int offset) {
    return source.view(View.TEXT).lastIndexOf('\n', offset - 1) + 1;
  }

  private int statementEnd() {
    String bare = source.view(View.BARE);
    int depth = 0;
    int last = Math.min(bare.length(), end + LONGEST_STATEMENT);
    for (int at = start; at < last; at++) {
      char c = bare.charAt(at);
      depth += "([{".indexOf(c) >= 0 ? 1 : ")]}".indexOf(c) >= 0 ? -1 : 0;
      if (at >= end && (c == ';' || (c == '\n' && depth <= 0))) {
        return at;
      }
    }
    return last;
  }
}
