package dev.chasqui.engine.chat;

/** Names of the kinds of values, for messages. */
final class Kinds {

  private Kinds() {}

  static String name(Value value) {
    return switch (value) {
      case Value.Text text -> "text";
      case Value.Whole whole -> "a whole number";
      case Value.Real real -> "a number";
      case Value.Bool bool -> "a truth value";
      case Value.None none -> "none";
      case Value.Undefined undefined -> undefined.what() + ", which is not defined";
      case Value.Items items -> items.isTuple() ? "a tuple" : "a list";
      case Value.Dict dict -> "a dictionary";
      case Value.Namespace namespace -> "a namespace";
      case Value.Loop loop -> "a loop";
      case Value.Function function -> "the function " + function.name();
    };
  }
}
