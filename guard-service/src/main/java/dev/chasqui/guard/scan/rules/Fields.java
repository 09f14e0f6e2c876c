package dev.chasqui.guard.scan.rules;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The fields of one mapping of a rule file; each must be read, so that none is misspelt. */
final class Fields {

  private final String where;
  private final Map<?, ?> values;
  private final Set<Object> unread;

  private Fields(String where, Map<?, ?> values) {
    this.where = where;
    this.values = values;
    this.unread = new HashSet<>(values.keySet());
  }

  static Fields of(String where, Object value) {
    if (value instanceof Map<?, ?> values) {
      return new Fields(where, values);
    }
    throw new InvalidRuleException(
        "%s: found %s where a mapping of names to values must stand.".formatted(where, value));
  }

  Fields named(String name) {
    return new Fields(where + ", rule " + name, values);
  }

  boolean has(String name) {
    return values.containsKey(name);
  }

  String text(String name) {
    Object value = values.get(name);
    unread.remove(name);
    if (value instanceof String || value instanceof Integer) {
      return value.toString().strip();
    }
    throw new InvalidRuleException("%s: %s is %s, not a text.".formatted(where, name, value));
  }

  String text(String name, String absent) {
    return has(name) ? text(name) : absent;
  }

  List<?> list(String name) {
    Object value = values.get(name);
    unread.remove(name);
    return switch (value) {
      case null -> List.of();
      case List<?> list -> list;
      case Object one -> List.of(one);
    };
  }

  List<String> texts(String name) {
    return list(name).stream().map(String::valueOf).toList();
  }

  <E extends Enum<E>> E constant(Class<E> type, String name, String absent) {
    String value = text(name, absent);
    for (E constant : type.getEnumConstants()) {
      if (constant.name().toLowerCase(Locale.ROOT).equals(value)) {
        return constant;
      }
    }
    throw new InvalidRuleException(
        "%s: %s is %s: use one of %s."
            .formatted(
                where,
                name,
                value,
                List.of(type.getEnumConstants()).toString().toLowerCase(Locale.ROOT)));
  }

  void allRead() {
    if (!unread.isEmpty()) {
      throw new InvalidRuleException(
          "%s: %s is no field that is read here. Correct its name.".formatted(where, unread));
    }
  }

  String where() {
    return where;
  }
}
