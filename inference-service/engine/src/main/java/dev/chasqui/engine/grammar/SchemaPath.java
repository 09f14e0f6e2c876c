package dev.chasqui.engine.grammar;

import dev.chasqui.engine.api.InvalidRequestException;

/**
 * A place in a schema, as a JSON pointer behind {@code #}.
 *
 * @param pointer for example {@code #/properties/age}
 */
record SchemaPath(String pointer) {

  static final SchemaPath ROOT = new SchemaPath("#");

  SchemaPath at(String key) {
    return new SchemaPath(pointer + "/" + key.replace("~", "~0").replace("/", "~1"));
  }

  SchemaPath at(int index) {
    return new SchemaPath(pointer + "/" + index);
  }

  InvalidRequestException unsupported(String what) {
    return fault("unsupported-schema", what, "Leave it out, or say it in another way");
  }

  InvalidRequestException invalid(String what) {
    return fault("invalid-schema", what, "Correct the schema");
  }

  InvalidRequestException impossible(String what) {
    return fault("invalid-schema", "impossible: " + what, "Let it admit a value");
  }

  private InvalidRequestException fault(String code, String what, String remedy) {
    return new InvalidRequestException(
        code, "response-format", "the schema at %s is %s. %s.".formatted(pointer, what, remedy));
  }

  @Override
  public String toString() {
    return pointer;
  }
}
