package dev.chasqui.engine.backend;

import dev.chasqui.engine.api.InvalidRequestException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** How keys and values are kept. Whatever it is, attention sums in float32. */
public enum KvType {
  /** What the backend finds right: as exact as its products. */
  AUTO,
  /** float32. */
  F32,
  /** float16: half of it. */
  F16,
  /**
   * int8 with a scale for each head at each position, bfloat16: little more than half of float16.
   */
  INT8;

  private static final int SCALE_BYTES = 2;

  /** Returns the name by which it is chosen. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Returns the one of a name.
   *
   * @param name a label, in letters of any case
   * @return the type
   * @throws InvalidRequestException if there is none
   */
  public static KvType of(String name) {
    return Arrays.stream(values())
        .filter(type -> type.label().equalsIgnoreCase(name))
        .findFirst()
        .orElseThrow(() ->
            new InvalidRequestException(
                "kv-type", name, "there is no such type", "Choose one of " + labels() + "."));
  }

  static List<String> labels() {
    return Arrays.stream(values()).map(KvType::label).toList();
  }

  /**
   * Returns the bytes of one head's keys, or values, at one position.
   *
   * @param headSize width of the head
   * @return bytes; of {@link #AUTO} as many as any backend takes
   */
  long headBytes(int headSize) {
    return switch (this) {
      case AUTO, F32 -> (long) Float.BYTES * headSize;
      case F16 -> (long) Short.BYTES * headSize;
      case INT8 -> (long) headSize + SCALE_BYTES;
    };
  }
}
