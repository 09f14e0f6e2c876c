package dev.chasqui.engine.grammar;

import java.util.List;

/** What a rule derives. */
sealed interface Expression {

  /** No text. */
  Expression EMPTY = new Sequence(List.of());

  /**
   * The characters themselves.
   *
   * @param text any Unicode text
   */
  record Literal(String text) implements Expression {}

  /**
   * One character out of some ranges.
   *
   * @param ranges its code points
   */
  record OneOf(CodePointRanges ranges) implements Expression {}

  /**
   * One behind the other.
   *
   * @param parts in order; none derive the empty text
   */
  record Sequence(List<Expression> parts) implements Expression {

    /** Copies the list. */
    public Sequence {
      parts = List.copyOf(parts);
    }
  }

  /**
   * Any one of them.
   *
   * @param options none derive nothing at all
   */
  record Choice(List<Expression> options) implements Expression {

    /** Copies the list. */
    public Choice {
      options = List.copyOf(options);
    }
  }

  /**
   * One several times.
   *
   * @param part what is repeated
   * @param least how often at least
   * @param most how often at most; {@link #UNBOUNDED} for no limit
   */
  record Repeat(Expression part, int least, int most) implements Expression {

    static final int UNBOUNDED = -1;
  }

  /**
   * What a rule derives.
   *
   * @param rule its name
   */
  record Rule(String rule) implements Expression {}

  static Expression literal(String text) {
    return new Literal(text);
  }

  static Expression sequence(Expression... parts) {
    return new Sequence(List.of(parts));
  }

  static Expression choice(Expression... options) {
    return new Choice(List.of(options));
  }

  static Expression optional(Expression part) {
    return new Repeat(part, 0, 1);
  }

  static Expression any(Expression part) {
    return new Repeat(part, 0, Repeat.UNBOUNDED);
  }

  static Expression oneOf(int... bounds) {
    return new OneOf(CodePointRanges.of(bounds));
  }
}
