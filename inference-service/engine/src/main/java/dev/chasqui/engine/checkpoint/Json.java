package dev.chasqui.engine.checkpoint;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** JSON in memory; each value knows the byte of its file where it begins, for messages. */
sealed interface Json {

  /** Longest text of a value in a message. */
  int MOST_SHOWN = 80;

  /** An object; keys keep their order. */
  record Members(Map<String, Json> byName, long at) implements Json {}

  /** An array. */
  record Elements(List<Json> list, long at) implements Json {}

  /** A string. */
  record Text(String value, long at) implements Json {}

  /** A number. */
  record Number(double value, long at) implements Json {}

  /** True or false. */
  record Truth(boolean value, long at) implements Json {}

  /** Null; what is absent is null where the object begins that could have it. */
  record Nothing(long at) implements Json {}

  /** Returns the byte of the unpacked file where this value begins. */
  long at();

  /** Returns a member of an object; {@link Nothing} where there is none, or this is no object. */
  default Json get(String name) {
    Json member = this instanceof Members members ? members.byName().get(name) : null;
    return member == null ? new Nothing(at()) : member;
  }

  /** Returns the elements of an array; none of anything else. */
  default List<Json> elements() {
    return this instanceof Elements array ? array.list() : List.of();
  }

  /** Returns the characters of a string. */
  default Optional<String> text() {
    return this instanceof Text text ? Optional.of(text.value()) : Optional.empty();
  }

  /** Returns whether this is true. */
  default boolean isTrue() {
    return this instanceof Truth truth && truth.value();
  }

  /** Returns whether this is nothing, or null. */
  default boolean isNothing() {
    return this instanceof Nothing;
  }

  /** Returns what this is, for a message. */
  default String shown() {
    return switch (this) {
      case Nothing _ -> "missing or null";
      case Truth truth -> Boolean.toString(truth.value());
      case Number number -> shown(number.value());
      case Text text -> "'" + shortened(text.value()) + "'";
      case Elements array -> "an array of " + array.list().size();
      case Members object -> "an object of " + object.byName().size();
    };
  }

  private static String shown(double value) {
    boolean whole = value == Math.rint(value) && Math.abs(value) < 1L << 53;
    return whole ? Long.toString((long) value) : Double.toString(value);
  }

  private static String shortened(String text) {
    return text.length() > MOST_SHOWN ? text.substring(0, MOST_SHOWN) + "…" : text;
  }
}
