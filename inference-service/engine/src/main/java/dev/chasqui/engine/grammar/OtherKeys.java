package dev.chasqui.engine.grammar;

import static dev.chasqui.engine.grammar.Expression.any;
import static dev.chasqui.engine.grammar.Expression.literal;
import static dev.chasqui.engine.grammar.Expression.sequence;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;

/**
 * Keys of an object other than some: else a second member of the same name could contradict the
 * first. They are written without escapes, so that none can be spelled in another way.
 */
final class OtherKeys {

  private final TreeMap<Integer, OtherKeys> children = new TreeMap<>();
  private boolean taken;

  private OtherKeys() {}

  static Expression than(Collection<String> keys) {
    OtherKeys tree = new OtherKeys();
    keys.stream()
        .filter(key -> key.codePoints().allMatch(JsonGrammar.PLAIN::contains))
        .forEach(tree::take);
    return JsonGrammar.quoted(tree.others());
  }

  private void take(String key) {
    OtherKeys node = this;
    for (int codePoint : key.codePoints().toArray()) {
      node = node.children.computeIfAbsent(codePoint, fresh -> new OtherKeys());
    }
    node.taken = true;
  }

  private Expression others() {
    List<Expression> options = new ArrayList<>();
    if (!taken) {
      options.add(Expression.EMPTY);
    }
    List<int[]> known = new ArrayList<>();
    children.forEach((codePoint, child) -> {
      known.add(new int[] {codePoint, codePoint});
      options.add(sequence(literal(Character.toString(codePoint)), child.others()));
    });
    CodePointRanges unknown = JsonGrammar.PLAIN.minus(CodePointRanges.of(known));
    Expression plain = new Expression.OneOf(JsonGrammar.PLAIN);
    options.add(sequence(new Expression.OneOf(unknown), any(plain)));
    return new Expression.Choice(options);
  }
}
