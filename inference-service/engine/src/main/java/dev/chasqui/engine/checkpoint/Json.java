package dev.chasqui.engine.checkpoint;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** JSON in memory. */
sealed interface Json {

  /** An object; keys keep their order. */
  record Members(Map<String, Json> byName) implements Json {}

  /** An array. */
  record Elements(List<Json> list) implements Json {}

  /** A string. */
  record Text(String value) implements Json {}

  /** A number. */
  record Number(double value) implements Json {}

  /** True or false. */
  record Truth(boolean value) implements Json {}

  /** Null. */
  record Nothing() implements Json {}

  /** Returns a member of an object; {@link Nothing} where there is none, or this is no object. */
  default Json get(String name) {
    return this instanceof Members members
        ? members.byName().getOrDefault(name, new Nothing())
        : new Nothing();
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
}
