package dev.chasqui.engine.grammar;

import dev.chasqui.engine.grammar.Json.Members;
import dev.chasqui.engine.grammar.Json.Numeric;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * An object of keywords and its place: reads keywords, and refuses those that nobody knows.
 *
 * @param keywords by name
 * @param path where they stand
 */
record SchemaNode(Map<String, Json> keywords, SchemaPath path) {

  /** They say nothing of what is valid (JSON Schema 2020-12, sections 8 and 9 of Validation). */
  private static final Set<String> ANNOTATIONS =
      Set.of(
          "$schema",
          "$id",
          "$comment",
          "$defs",
          "definitions",
          "$anchor",
          "title",
          "description",
          "default",
          "examples",
          "deprecated",
          "readOnly",
          "writeOnly",
          "contentEncoding",
          "contentMediaType",
          "example",
          "strict",
          "name");

  /** Returns whether a keyword says nothing of what is valid. */
  static boolean isAnnotation(String keyword) {
    return ANNOTATIONS.contains(keyword);
  }

  /** Returns the keywords that say something, without one. */
  Map<String, Json> without(String keyword) {
    Map<String, Json> rest = new LinkedHashMap<>(keywords);
    rest.keySet().removeIf(each -> each.equals(keyword) || isAnnotation(each));
    return rest;
  }

  boolean has(String keyword) {
    return keywords.containsKey(keyword);
  }

  /** Returns a keyword that takes a schema, and its place. */
  Json get(String keyword) {
    Json value = keywords.get(keyword);
    if (value == null) {
      throw path.invalid("without " + keyword);
    }
    return value;
  }

  /** Refuses every keyword but these and annotations. */
  void allow(Set<String> known) {
    for (String keyword : keywords.keySet()) {
      if (!known.contains(keyword) && !ANNOTATIONS.contains(keyword)) {
        throw path.at(keyword).unsupported("a keyword that is not supported here");
      }
    }
  }

  Optional<String> text(String keyword) {
    return switch (keywords.get(keyword)) {
      case Json.Text(String value) -> Optional.of(value);
      case null -> Optional.empty();
      default -> throw path.at(keyword).invalid("no string");
    };
  }

  boolean isTrue(String keyword) {
    return switch (keywords.get(keyword)) {
      case Json.Truth(boolean value) -> value;
      case null -> false;
      default -> throw path.at(keyword).invalid("neither true nor false");
    };
  }

  Optional<BigDecimal> number(String keyword) {
    return switch (keywords.get(keyword)) {
      case Numeric(BigDecimal value) -> Optional.of(value);
      case null -> Optional.empty();
      default -> throw path.at(keyword).invalid("no number");
    };
  }

  /** Returns a count that is 0 or more. */
  int count(String keyword, int otherwise) {
    if (!has(keyword)) {
      return otherwise;
    }
    BigDecimal value = number(keyword).orElseThrow();
    if (value.signum() < 0
        || value.compareTo(BigDecimal.valueOf(Integer.MAX_VALUE)) > 0
        || !new Numeric(value).isWhole()) {
      throw path.at(keyword).invalid("no whole number from 0 on");
    }
    return value.intValue();
  }

  List<Json> list(String keyword) {
    return switch (keywords.get(keyword)) {
      case Json.Elements(List<Json> elements) -> elements;
      case null -> List.of();
      default -> throw path.at(keyword).invalid("no array");
    };
  }

  List<String> names(String keyword) {
    List<String> names = new ArrayList<>();
    for (Json name : list(keyword)) {
      if (name instanceof Json.Text(String value)) {
        names.add(value);
      } else {
        throw path.at(keyword).invalid("no array of strings");
      }
    }
    return names;
  }

  Map<String, Json> members(String keyword) {
    return switch (keywords.get(keyword)) {
      case Members(Map<String, Json> members) -> members;
      case null -> new LinkedHashMap<>();
      default -> throw path.at(keyword).invalid("no object");
    };
  }
}
