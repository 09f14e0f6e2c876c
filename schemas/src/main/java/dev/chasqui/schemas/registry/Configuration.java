package dev.chasqui.schemas.registry;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.types.Password;

/** Typed reading of a Kafka client's configuration, whose values may be text or objects. */
record Configuration(Map<String, ?> values) {

  Optional<String> text(String key) {
    Object value = values.get(key);
    if (value instanceof Password password) {
      return Optional.of(password.value());
    }
    if (value instanceof Collection<?> list) {
      return Optional.of(list.stream().map(Object::toString).collect(Collectors.joining(",")));
    }
    return Optional.ofNullable(value).map(Object::toString).filter(text -> !text.isBlank());
  }

  String required(String key) {
    return text(key).orElseThrow(() -> new ConfigException(key + " is not set, but needed"));
  }

  int number(String key, int fallback) {
    String text = text(key).orElse(Integer.toString(fallback));
    try {
      return Integer.parseInt(text.strip());
    } catch (NumberFormatException e) {
      throw new ConfigException(key, text, "not a whole number");
    }
  }

  Duration millis(String key, int fallback) {
    return Duration.ofMillis(number(key, fallback));
  }
}
