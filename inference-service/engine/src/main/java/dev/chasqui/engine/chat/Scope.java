package dev.chasqui.engine.chat;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Variables, with those of the scope around them behind. */
final class Scope {

  private final Map<String, Value> variables = new HashMap<>();
  private final Optional<Scope> around;

  private Scope(Optional<Scope> around) {
    this.around = around;
  }

  static Scope outermost() {
    return new Scope(Optional.empty());
  }

  Scope inner() {
    return new Scope(Optional.of(this));
  }

  void set(String name, Value value) {
    variables.put(name, value);
  }

  Value get(String name) {
    Optional<Scope> scope = Optional.of(this);
    while (scope.isPresent()) {
      Value value = scope.get().variables.get(name);
      if (value != null) {
        return value;
      }
      scope = scope.get().around;
    }
    return new Value.Undefined(name);
  }
}
