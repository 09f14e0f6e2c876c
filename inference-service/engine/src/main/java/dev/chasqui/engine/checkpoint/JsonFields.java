package dev.chasqui.engine.checkpoint;

import dev.chasqui.engine.api.CheckpointException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * The members of a JSON object of a checkpoint, with messages that name file and member.
 *
 * @param file for messages
 * @param json the object; anything else has no members
 */
record JsonFields(Path file, Json json) {

  static JsonFields read(Path file) {
    return new JsonFields(file, JsonFile.read(file));
  }

  JsonFields object(String name) {
    return new JsonFields(file, json.get(name));
  }

  boolean has(String name) {
    return !json.get(name).isNothing();
  }

  Optional<String> text(String name) {
    return json.get(name).text();
  }

  /** Reads a whole number from 0 to 2³¹ - 1; null counts as absent. */
  OptionalInt integer(String name) {
    return has(name) ? OptionalInt.of(integer(name, json.get(name))) : OptionalInt.empty();
  }

  int requiredInteger(String name) {
    return integer(name).orElseThrow(() -> fault(name, "a whole number"));
  }

  private int integer(String name, Json value) {
    if (value instanceof Json.Number(double number, _)
        && number >= 0
        && number <= Integer.MAX_VALUE
        && number == Math.rint(number)) {
      return (int) number;
    }
    throw fault(name, "a whole number from 0 to " + Integer.MAX_VALUE);
  }

  /** Reads a finite number; null counts as absent. */
  OptionalDouble real(String name) {
    if (!has(name)) {
      return OptionalDouble.empty();
    }
    if (json.get(name) instanceof Json.Number(double number, _) && Double.isFinite(number)) {
      return OptionalDouble.of(number);
    }
    throw fault(name, "a number");
  }

  double requiredReal(String name) {
    return real(name).orElseThrow(() -> fault(name, "a number"));
  }

  boolean flag(String name) {
    return json.get(name).isTrue();
  }

  /** Says that a member, as it is, is not what was expected. */
  CheckpointException fault(String name, String expected) {
    return fault(name, json.get(name).shown(), expected);
  }

  CheckpointException fault(String name, String found, String expected) {
    return CheckpointException.at(file, json.get(name).at(), name + " = " + found, expected);
  }

  /** Says that the members do not fit each other. */
  CheckpointException impossible(IllegalArgumentException reason) {
    CheckpointException fault =
        CheckpointException.at(
            file,
            json.at(),
            "an impossible model: " + reason.getMessage(),
            "sizes that fit each other");
    fault.initCause(reason);
    return fault;
  }
}
