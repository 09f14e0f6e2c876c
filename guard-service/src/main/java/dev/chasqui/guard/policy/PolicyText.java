package dev.chasqui.guard.policy;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The keys and values of a policy file, and everything that was found wrong with them. Belongs to
 * one thread.
 */
final class PolicyText {

  private final Properties properties = new Properties();
  private final List<String> problems = new ArrayList<>();

  PolicyText(String text) {
    try {
      properties.load(new StringReader(text));
    } catch (IOException impossible) {
      throw new UncheckedIOException("a string cannot fail to be read", impossible);
    } catch (IllegalArgumentException malformed) {
      problem("a line cannot be read: " + malformed.getMessage());
    }
  }

  void problem(String problem) {
    problems.add(problem);
  }

  List<String> problems() {
    return problems;
  }

  Set<String> keys() {
    return properties.stringPropertyNames();
  }

  /** The value of a key as it stands. */
  String raw(String key, String absent) {
    return properties.getProperty(key, absent);
  }

  /** The value of a key; a problem and that of the text {@code absent} where it is unreadable. */
  <T> T value(String key, String absent, Function<String, T> parse) {
    String text = properties.getProperty(key, absent).strip();
    try {
      return parse.apply(text);
    } catch (IllegalArgumentException unreadable) {
      problems.add("%s is \"%s\": %s".formatted(key, text, unreadable.getMessage()));
      return parse.apply(absent);
    }
  }

  /** The value of a key that stands there; a problem and nothing where it is unreadable. */
  <T> Optional<T> optional(String key, Function<String, T> parse) {
    return keys().contains(key)
        ? value(key, "", text -> text.isEmpty() ? Optional.empty() : Optional.of(parse.apply(text)))
        : Optional.empty();
  }

  /** What is made of values; a problem and nothing where it refuses them. */
  <T> Optional<T> valid(Supplier<T> made) {
    try {
      return Optional.of(made.get());
    } catch (InvalidPolicyException | IllegalArgumentException invalid) {
      problems.add(String.valueOf(invalid.getMessage()));
      return Optional.empty();
    }
  }

  static <E extends Enum<E>> Function<String, E> constant(Class<E> type) {
    return text -> {
      for (E constant : type.getEnumConstants()) {
        if (constant.name().equals(text.toUpperCase(Locale.ROOT))) {
          return constant;
        }
      }
      throw new IllegalArgumentException(
          "use one of " + List.of(type.getEnumConstants()).toString().toLowerCase(Locale.ROOT));
    };
  }

  static String spelt(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
