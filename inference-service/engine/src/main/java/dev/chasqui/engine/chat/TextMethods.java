package dev.chasqui.engine.chat;

import dev.chasqui.engine.chat.TextOperations.Ends;
import dev.chasqui.engine.chat.Value.Bool;
import dev.chasqui.engine.chat.Value.Function;
import dev.chasqui.engine.chat.Value.Items;
import dev.chasqui.engine.chat.Value.None;
import dev.chasqui.engine.chat.Value.Text;
import dev.chasqui.engine.chat.Value.Whole;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.BiPredicate;
import java.util.function.IntPredicate;

/** The methods of Python's strings that templates use. */
final class TextMethods {

  private TextMethods() {}

  static Optional<Function> named(Text text, String name) {
    MarkedChars chars = text.chars();
    return Optional.<Function.Body>ofNullable(
            switch (name) {
              case "strip" -> stripping(chars, Ends.BOTH);
              case "lstrip" -> stripping(chars, Ends.LEFT);
              case "rstrip" -> stripping(chars, Ends.RIGHT);
              case "upper" -> changing(chars, TextOperations::upper);
              case "lower" -> changing(chars, TextOperations::lower);
              case "title" -> changing(chars, TextOperations::title);
              case "capitalize" -> changing(chars, TextOperations::capitalize);
              case "split" -> (arguments, run) -> split(chars, arguments, run.budget());
              case "rsplit" -> (arguments, run) -> splitRight(chars, arguments, run.budget());
              case "splitlines" ->
                  (arguments, run) -> list(TextOperations.lines(chars, run.budget()));
              case "replace" -> (arguments, run) -> replace(chars, arguments, run);
              case "join" ->
                  (arguments, run) -> Sequences.join(arguments.required(0, "iterable"), chars, run);
              case "startswith" -> testing(chars, String::startsWith);
              case "endswith" -> testing(chars, String::endsWith);
              case "removeprefix" -> (arguments, run) -> withoutPrefix(chars, arguments);
              case "removesuffix" -> (arguments, run) -> withoutSuffix(chars, arguments);
              case "find" -> (arguments, run) -> find(chars, arguments, run.budget());
              case "count" -> (arguments, run) -> count(chars, arguments, run.budget());
              case "isdigit" -> allAre(chars, Character::isDigit);
              case "isalpha" -> allAre(chars, Character::isLetter);
              case "isalnum" -> allAre(chars, Character::isLetterOrDigit);
              case "isspace" -> allAre(chars, PythonSpace::is);
              default -> null;
            })
        .map(body -> new Function(name, body));
  }

  /** Returns what characters to strip: those of the argument, or white space. */
  static IntPredicate stripped(Optional<Value> characters) {
    return characters
        .filter(value -> !(value instanceof None))
        .map(value -> Arguments.Cast.text(value).toString())
        .<IntPredicate>map(set -> codePoint -> set.indexOf(codePoint) >= 0)
        .orElse(PythonSpace::is);
  }

  static Value replace(MarkedChars chars, Arguments arguments, Evaluator run) {
    CharsBuilder out = run.builder();
    MarkedChars old = arguments.text(0, "old");
    MarkedChars with = arguments.text(1, "new");
    TextOperations.replace(chars, old.toString(), with, arguments.whole(2, "count", -1), out);
    return out.text();
  }

  static Value list(List<MarkedChars> parts) {
    return Items.list(parts.stream().<Value>map(Text::new).toList());
  }

  private static Function.Body stripping(MarkedChars chars, Ends ends) {
    return (arguments, run) -> {
      run.budget().scan(chars.length());
      return new Text(TextOperations.strip(chars, ends, stripped(arguments.get(0, "chars"))));
    };
  }

  private static Function.Body changing(
      MarkedChars chars, BiConsumer<MarkedChars, CharsBuilder> change) {
    return (arguments, run) -> {
      CharsBuilder out = run.builder();
      change.accept(chars, out);
      return out.text();
    };
  }

  private static Function.Body testing(MarkedChars chars, BiPredicate<String, String> test) {
    return (arguments, run) -> {
      Value sought = arguments.required(0, "prefix");
      List<Value> choices = sought instanceof Items items ? items.elements() : List.of(sought);
      return new Bool(
          choices.stream()
              .anyMatch(
                  choice -> test.test(chars.toString(), Arguments.Cast.text(choice).toString())));
    };
  }

  private static Function.Body allAre(MarkedChars chars, IntPredicate test) {
    return (arguments, run) ->
        new Bool(chars.length() > 0 && chars.toString().codePoints().allMatch(test));
  }

  private static Value split(MarkedChars chars, Arguments arguments, Budget budget) {
    budget.scan(chars.length());
    long most = arguments.whole(1, "maxsplit", -1);
    Optional<Value> separator = arguments.get(0, "sep").filter(value -> !(value instanceof None));
    return list(
        separator.isPresent()
            ? TextOperations.split(
                chars, Arguments.Cast.text(separator.get()).toString(), most, budget)
            : TextOperations.words(chars, most, budget));
  }

  private static Value splitRight(MarkedChars chars, Arguments arguments, Budget budget) {
    budget.scan(chars.length());
    return list(
        TextOperations.splitRight(
            chars,
            arguments.text(0, "sep").toString(),
            arguments.whole(1, "maxsplit", -1),
            budget));
  }

  private static Value withoutPrefix(MarkedChars chars, Arguments arguments) {
    String prefix = arguments.text(0, "prefix").toString();
    boolean found = chars.toString().startsWith(prefix);
    return new Text(found ? chars.slice(prefix.length(), chars.length()) : chars);
  }

  private static Value withoutSuffix(MarkedChars chars, Arguments arguments) {
    String suffix = arguments.text(0, "suffix").toString();
    boolean found = chars.toString().endsWith(suffix);
    return new Text(found ? chars.slice(0, chars.length() - suffix.length()) : chars);
  }

  private static Value find(MarkedChars chars, Arguments arguments, Budget budget) {
    budget.scan(chars.length());
    String text = chars.toString();
    int at = text.indexOf(arguments.text(0, "sub").toString());
    return new Whole(at < 0 ? at : text.codePointCount(0, at));
  }

  private static Value count(MarkedChars chars, Arguments arguments, Budget budget) {
    String sought = arguments.text(0, "sub").toString();
    return new Whole(
        sought.isEmpty()
            ? CodePoints.count(chars) + 1L
            : TextOperations.split(chars, sought, -1, budget).size() - 1L);
  }
}
