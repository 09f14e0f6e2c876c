package dev.chasqui.guard.scan.rules;

/** What the second stage asks of a match. */
sealed interface Condition {

  /**
   * A piece of code around the match is like a pattern.
   *
   * @param scope which piece
   * @param template what it must be like
   */
  record Like(Scope scope, Template template) implements Condition {}

  /**
   * An argument of the call that the match opens is of a kind.
   *
   * @param index counted from 0; negative ones from the end, so that -1 is the last
   * @param kind what it must be
   */
  record ArgumentIs(int index, ArgumentKind kind) implements Condition {}

  /**
   * An argument of the call that the match opens is like a pattern.
   *
   * @param index counted from 0; negative ones from the end
   * @param template what it must be like
   */
  record ArgumentLike(int index, Template template) implements Condition {}

  /** What an argument can be. */
  enum ArgumentKind {
    /** Made of literals, as far as the code shows. */
    CONSTANT,
    /** There, and not a constant. */
    VARIABLE,
    /** There. */
    PRESENT,
    /** Not there. */
    ABSENT
  }

  /** The piece of code that a condition looks at. */
  enum Scope {
    /** What the rule's pattern matched. */
    MATCH,
    /** What stands in the brackets that the match opens. */
    CALL,
    /** The lines of the match, to the end of its statement. */
    STATEMENT,
    /** What stands in the braces that follow the match, or its statement where there are none. */
    BODY,
    /** Three lines before and three after. */
    NEAR,
    /** The text before the match. */
    BEFORE,
    /** The text after the match. */
    AFTER,
    /** All of it. */
    BLOCK
  }

  /** Whether code that comes later can change the outcome. */
  default boolean looksAhead() {
    return switch (this) {
      case Like(Scope scope, _) -> scope.ordinal() >= Scope.BODY.ordinal() && scope != Scope.BEFORE;
      case ArgumentIs _, ArgumentLike _ -> false;
    };
  }
}
