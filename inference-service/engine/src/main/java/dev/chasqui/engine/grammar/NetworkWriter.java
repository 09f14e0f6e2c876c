package dev.chasqui.engine.grammar;

import dev.chasqui.engine.api.InvalidRequestException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Writes rules as a network, after Thompson, "Regular expression search algorithm", 1968. */
final class NetworkWriter {

  private static final int MOST_NODES = 200_000;

  private final List<Network.Node> nodes = new ArrayList<>();
  private final Map<String, Integer> starts = new HashMap<>();

  private NetworkWriter() {}

  /**
   * Writes rules.
   *
   * @param rules checked ones, which all derive something
   * @throws InvalidRequestException if they are too large
   */
  static Network write(Rules rules) {
    NetworkWriter writer = new NetworkWriter();
    rules.byName().keySet().forEach(name -> writer.starts.put(name, writer.node()));
    rules.byName().forEach((name, rule) -> writer.rule(writer.starts.get(name), rule));
    return new Network(writer.nodes, writer.starts.get(Rules.ROOT));
  }

  private void rule(int start, Expression expression) {
    int end = write(expression, start);
    nodes.get(end).end();
  }

  /** Writes what leads from a node to another one, and returns that. */
  private int write(Expression expression, int from) {
    return switch (expression) {
      case Expression.Literal(String text) -> literal(text, from);
      case Expression.OneOf(CodePointRanges ranges) -> oneOf(ranges, from);
      case Expression.Sequence(List<Expression> parts) -> sequence(parts, from);
      case Expression.Choice(List<Expression> options) -> choice(options, from);
      case Expression.Repeat repeat -> repeat(repeat, from);
      case Expression.Rule(String rule) -> {
        int back = node();
        nodes.get(from).call(starts.get(rule), back);
        yield back;
      }
    };
  }

  private int literal(String text, int from) {
    int at = from;
    for (byte value : text.getBytes(StandardCharsets.UTF_8)) {
      int next = node();
      nodes.get(at).edge(value & 0xff, value & 0xff, next);
      at = next;
    }
    return at;
  }

  private int oneOf(CodePointRanges ranges, int from) {
    int end = node();
    for (int[] range : ranges.ranges()) {
      for (int[][] bytes : Utf8Ranges.of(range[0], range[1])) {
        int at = from;
        for (int i = 0; i < bytes.length; i++) {
          int next = i == bytes.length - 1 ? end : node();
          nodes.get(at).edge(bytes[i][0], bytes[i][1], next);
          at = next;
        }
      }
    }
    return end;
  }

  private int sequence(List<Expression> parts, int from) {
    int at = from;
    for (Expression part : parts) {
      at = write(part, at);
    }
    return at;
  }

  private int choice(List<Expression> options, int from) {
    int end = node();
    for (Expression option : options) {
      int start = node();
      nodes.get(from).leap(start);
      nodes.get(write(option, start)).leap(end);
    }
    return end;
  }

  private int repeat(Expression.Repeat repeat, int from) {
    int at = from;
    for (int i = 0; i < repeat.least(); i++) {
      at = write(repeat.part(), at);
    }
    if (repeat.most() == Expression.Repeat.UNBOUNDED) {
      return loop(repeat.part(), at);
    }
    int end = node();
    for (int i = repeat.least(); i < repeat.most(); i++) {
      nodes.get(at).leap(end);
      int start = node();
      nodes.get(at).leap(start);
      at = write(repeat.part(), start);
    }
    nodes.get(at).leap(end);
    return end;
  }

  private int loop(Expression part, int from) {
    int head = node();
    int end = node();
    nodes.get(from).leap(head);
    nodes.get(head).leap(end);
    int start = node();
    nodes.get(head).leap(start);
    nodes.get(write(part, start)).leap(head);
    return end;
  }

  private int node() {
    if (nodes.size() == MOST_NODES) {
      throw new InvalidRequestException(
          "response-format",
          "more than " + MOST_NODES + " states",
          "the most is that",
          "Make repetitions such as maxLength and maxItems smaller, or leave them out.");
    }
    nodes.add(new Network.Node());
    return nodes.size() - 1;
  }
}
