package dev.chasqui.engine.checkpoint;

import dev.chasqui.engine.api.CheckpointException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * Reads metadata values by key.
 *
 * @param file where they stand
 * @param values their places
 */
record GgufMetadata(GgufBytes file, Map<String, GgufValue> values) {

  boolean has(String key) {
    return values.containsKey(key);
  }

  Optional<String> text(String key) {
    return single(key)
        .map(value -> {
          if (value.type() != GgufType.STRING) {
            throw mismatch(key, value.offset(), value.type(), "a string");
          }
          return file.text(value.offset());
        });
  }

  /** Reads a whole number from 0 to 2³¹ - 1. */
  OptionalInt integer(String key) {
    Optional<GgufValue.Single> value = single(key);
    return value.isEmpty() ? OptionalInt.empty() : OptionalInt.of(integer(key, value.get()));
  }

  private int integer(String key, GgufValue.Single value) {
    long number = file.integer(value.type(), value.offset());
    if (number < 0 || number > Integer.MAX_VALUE) {
      throw file.fault(
          value.offset(), key + " = " + Long.toUnsignedString(number), "0 to " + Integer.MAX_VALUE);
    }
    return (int) number;
  }

  OptionalDouble real(String key) {
    Optional<GgufValue.Single> value = single(key);
    return value.isEmpty()
        ? OptionalDouble.empty()
        : OptionalDouble.of(file.real(value.get().type(), value.get().offset()));
  }

  Optional<Boolean> flag(String key) {
    return single(key)
        .map(value -> {
          if (value.type() != GgufType.BOOL) {
            throw mismatch(key, value.offset(), value.type(), "a flag");
          }
          return file.integer(GgufType.BOOL, value.offset()) != 0;
        });
  }

  int requiredInteger(String key) {
    return integer(key).orElseThrow(() -> missing(key));
  }

  String requiredText(String key) {
    return text(key).orElseThrow(() -> missing(key));
  }

  List<String> requiredTexts(String key) {
    GgufValue.Array array = array(key).orElseThrow(() -> missing(key));
    if (array.elementType() != GgufType.STRING) {
      throw mismatch(key, array.offset(), array.elementType(), "strings");
    }
    List<String> texts = new ArrayList<>(array.count());
    long offset = array.offset();
    for (int i = 0; i < array.count(); i++) {
      texts.add(file.text(offset));
      offset += file.stringBytes(offset);
    }
    return texts;
  }

  /** Reads an array of numbers; absent is empty. */
  float[] reals(String key) {
    Optional<GgufValue.Array> array = array(key);
    float[] numbers = new float[array.map(GgufValue.Array::count).orElse(0)];
    for (int i = 0; i < numbers.length; i++) {
      GgufType type = array.get().elementType();
      numbers[i] = (float) file.real(type, array.get().offset() + (long) i * type.leastBytes());
    }
    return numbers;
  }

  private Optional<GgufValue.Single> single(String key) {
    return switch (values.get(key)) {
      case null -> Optional.empty();
      case GgufValue.Single single -> Optional.of(single);
      case GgufValue.Array array ->
          throw mismatch(key, array.offset(), GgufType.ARRAY, "a single value");
    };
  }

  private Optional<GgufValue.Array> array(String key) {
    return switch (values.get(key)) {
      case null -> Optional.empty();
      case GgufValue.Array array -> Optional.of(array);
      case GgufValue.Single single ->
          throw mismatch(key, single.offset(), single.type(), "an array");
    };
  }

  private CheckpointException mismatch(String key, long offset, GgufType type, String expected) {
    return file.fault(offset, key + " of type " + type, expected);
  }

  /** Returns the byte where the value of a key stands; that of the first pair without one. */
  long offset(String key) {
    return switch (values.get(key)) {
      case null -> GgufHeader.PAIRS_OFFSET;
      case GgufValue.Single single -> single.offset();
      case GgufValue.Array array -> array.offset();
    };
  }

  /** Says that a value is not what was expected. */
  CheckpointException fault(String key, String value, String expected) {
    return CheckpointException.at(file.file(), offset(key), key + " = " + value, expected);
  }

  CheckpointException missing(String key) {
    return file.fault(GgufHeader.PAIRS_OFFSET, "no metadata key " + key, "one");
  }
}
