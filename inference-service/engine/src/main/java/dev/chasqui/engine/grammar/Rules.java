package dev.chasqui.engine.grammar;

import dev.chasqui.engine.api.InvalidRequestException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Named rules that make a grammar: each name that is used has a rule, each rule derives a text, and
 * none begins with itself.
 *
 * @param byName the rules; the answer is derived from {@value #ROOT}
 */
record Rules(Map<String, Expression> byName) {

  static final String ROOT = "root";

  /** Copies the map and checks the rules. */
  Rules {
    byName = new LinkedHashMap<>(byName);
    if (!byName.containsKey(ROOT)) {
      throw fault("there is no rule named root", "Name the rule of the whole answer root.");
    }
    Checks checks = new Checks(byName);
    checks.derivations();
    checks.leftRecursion();
  }

  private static InvalidRequestException fault(String what, String remedy) {
    return new InvalidRequestException("invalid-schema", "response-format", what + ". " + remedy);
  }

  /** Looks at all rules together. */
  private static final class Checks {

    private final Map<String, Expression> rules;
    private final Set<String> deriving = new HashSet<>();
    private final Set<String> empty = new HashSet<>();

    Checks(Map<String, Expression> rules) {
      this.rules = rules;
    }

    /** Rules derive a text as soon as all that they need does; what is left over never will. */
    void derivations() {
      int before;
      do {
        before = deriving.size() + empty.size();
        rules.forEach((name, rule) -> {
          if (derives(rule)) {
            deriving.add(name);
          }
          if (mayBeEmpty(rule)) {
            empty.add(name);
          }
        });
      } while (deriving.size() + empty.size() > before);
      for (String name : rules.keySet()) {
        if (!deriving.contains(name)) {
          throw fault(
              "%s is impossible: no finite text fits it".formatted(name),
              "Give it an end, such as an option without itself.");
        }
      }
    }

    private boolean derives(Expression expression) {
      return switch (expression) {
        case Expression.Literal literal -> true;
        case Expression.OneOf(CodePointRanges ranges) -> !ranges.isEmpty();
        case Expression.Sequence(List<Expression> parts) -> parts.stream().allMatch(this::derives);
        case Expression.Choice(List<Expression> options) ->
            options.stream().anyMatch(this::derives);
        case Expression.Repeat(Expression part, int least, int most) -> least == 0 || derives(part);
        case Expression.Rule(String rule) -> deriving.contains(known(rule));
      };
    }

    private boolean mayBeEmpty(Expression expression) {
      return switch (expression) {
        case Expression.Literal(String text) -> text.isEmpty();
        case Expression.OneOf oneOf -> false;
        case Expression.Sequence(List<Expression> parts) ->
            parts.stream().allMatch(this::mayBeEmpty);
        case Expression.Choice(List<Expression> options) ->
            options.stream().anyMatch(this::mayBeEmpty);
        case Expression.Repeat(Expression part, int least, int most) ->
            least == 0 || mayBeEmpty(part);
        case Expression.Rule(String rule) -> empty.contains(known(rule));
      };
    }

    private String known(String rule) {
      if (!rules.containsKey(rule)) {
        throw fault("there is no rule named " + rule, "Write one, or correct the name.");
      }
      return rule;
    }

    void leftRecursion() {
      Map<String, Set<String>> firsts = new LinkedHashMap<>();
      rules.forEach((name, rule) -> {
        Set<String> called = new HashSet<>();
        firstCalls(rule, called);
        firsts.put(name, called);
      });
      for (String name : rules.keySet()) {
        Set<String> reached = new HashSet<>();
        List<String> next = List.copyOf(firsts.get(name));
        while (!next.isEmpty()) {
          List<String> fresh = next.stream().filter(reached::add).toList();
          next = fresh.stream().flatMap(each -> firsts.get(each).stream()).toList();
        }
        if (reached.contains(name)) {
          throw fault(
              "%s begins with itself".formatted(name),
              "Write the repetition with * or +, or put the rule itself last.");
        }
      }
    }

    /** Collects the rules that may be called before any byte is taken. */
    private void firstCalls(Expression expression, Set<String> called) {
      switch (expression) {
        case Expression.Literal literal -> {}
        case Expression.OneOf oneOf -> {}
        case Expression.Sequence(List<Expression> parts) -> {
          for (Expression part : parts) {
            firstCalls(part, called);
            if (!mayBeEmpty(part)) {
              return;
            }
          }
        }
        case Expression.Choice(List<Expression> options) ->
            options.forEach(option -> firstCalls(option, called));
        case Expression.Repeat(Expression part, int least, int most) -> firstCalls(part, called);
        case Expression.Rule(String rule) -> called.add(rule);
      }
    }
  }
}
