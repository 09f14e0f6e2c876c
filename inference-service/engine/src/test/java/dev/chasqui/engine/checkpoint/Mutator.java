package dev.chasqui.engine.checkpoint;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Changes valid files in the places where parsers look; the same seed makes the same file. */
final class Mutator {

  /** A number, a string, a literal, a bracket, a comma or a colon. */
  private static final Pattern TOKEN =
      Pattern.compile("-?[0-9.]+(?:[eE][-+]?[0-9]+)?|\"(?:\\\\.|[^\"\\\\])*\"|[a-z]+|[\\[\\]{},:]");

  private static final List<String> VALUES =
      List.of(
          "0",
          "-1",
          "1",
          "2",
          "3",
          "1.5",
          "1e300",
          "1e999",
          "-0",
          "64",
          "2147483647",
          "2147483648",
          "4294967296",
          "9007199254740993",
          "18446744073709551615",
          "999999999999999999999999",
          "\"\"",
          "\"F64\"",
          "\"F16\"",
          "\"I8\"",
          "\"..\"",
          "\"linear\"",
          "\"yarn\"",
          "\"dynamic\"",
          "\"llama3\"",
          "\"BPE\"",
          "\"a b\"",
          "\"\\u0000\"",
          "\"\\ud800\"",
          "\"<0x41>\"",
          "null",
          "true",
          "false",
          "{}",
          "[]",
          "[0]",
          "[1,2,3]",
          "{\"a\":1}",
          "[".repeat(80) + "]".repeat(80),
          "[".repeat(5000),
          ",",
          "]",
          "}",
          "");

  private static final long[] NUMBERS = {
    0,
    1,
    2,
    3,
    4,
    8,
    0x7f,
    0x80,
    0xff,
    0x100,
    0x7fff,
    0xffff,
    0x10000,
    0x7fffffffL,
    0x80000000L,
    0xffffffffL,
    0x100000000L,
    1L << 40,
    1L << 62,
    Long.MAX_VALUE,
    Long.MIN_VALUE,
    -1,
    -2,
    -8
  };

  private final Random random;

  Mutator(long seed) {
    random = new Random(seed);
  }

  int below(int bound) {
    return random.nextInt(bound);
  }

  /** Changes one to three values or signs of a JSON text. */
  String json(String text) {
    String changed = text;
    for (int changes = random.nextInt(3); changes >= 0; changes--) {
      changed = jsonOnce(changed);
    }
    return changed;
  }

  private String jsonOnce(String text) {
    List<MatchResult> tokens = TOKEN.matcher(text).results().toList();
    if (tokens.isEmpty()) {
      return VALUES.get(random.nextInt(VALUES.size()));
    }
    MatchResult token = tokens.get(random.nextInt(tokens.size()));
    MatchResult other = tokens.get(random.nextInt(tokens.size()));
    String with = random.nextInt(3) == 0 ? other.group() : VALUES.get(below(VALUES.size()));
    return text.substring(0, token.start()) + with + text.substring(token.end());
  }

  /** Writes a number over one to three places, or takes bytes out, in, or twice. */
  byte[] bytes(byte[] valid, int from, int end) {
    byte[] changed = valid.clone();
    for (int changes = random.nextInt(3); changes >= 0; changes--) {
      int at = from + random.nextInt(Math.max(1, Math.min(end, changed.length) - from));
      changed = random.nextInt(4) == 0 ? spliced(changed, at) : overwritten(changed, at);
    }
    return changed;
  }

  private byte[] overwritten(byte[] bytes, int at) {
    long number = random.nextInt(4) == 0 ? random.nextLong() : NUMBERS[below(NUMBERS.length)];
    int width = 1 << random.nextInt(4);
    for (int i = 0; i < width && at + i < bytes.length; i++) {
      bytes[at + i] = (byte) (number >> 8 * i);
    }
    return bytes;
  }

  private byte[] spliced(byte[] bytes, int at) {
    int count = Math.min(1 + random.nextInt(16), bytes.length - at);
    ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length + count);
    switch (random.nextInt(3)) {
      case 0 -> {
        out.write(bytes, 0, at);
        out.write(bytes, at + count, bytes.length - at - count);
      }
      case 1 -> {
        out.write(bytes, 0, at + count);
        out.write(bytes, at, bytes.length - at);
      }
      default -> out.write(bytes, 0, at);
    }
    return out.toByteArray();
  }

  /** Changes fields of protobuf messages, two levels deep; lengths are those of what is there. */
  byte[] protobuf(byte[] message, int depth) {
    List<byte[]> fields = fields(message);
    if (fields.isEmpty()) {
      return new byte[] {(byte) random.nextInt(), (byte) random.nextInt()};
    }
    int index = random.nextInt(fields.size());
    byte[] field = fields.get(index);
    switch (random.nextInt(5)) {
      case 0 -> fields.remove(index);
      case 1 -> fields.add(field);
      case 2 -> fields.set(index, bytes(field, 0, field.length));
      default -> {
        boolean nested = field.length > 2 && (field[0] & 7) == 2 && field[1] >= 0 && depth > 0;
        byte[] content =
            nested
                ? protobuf(Arrays.copyOfRange(field, 2, field.length), depth - 1)
                : bytes(field, 1, field.length);
        fields.set(index, nested ? field(field[0], content) : content);
      }
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    fields.forEach(out::writeBytes);
    return out.toByteArray();
  }

  private static byte[] field(byte tag, byte[] content) {
    byte[] field = new byte[2 + Math.min(content.length, 127)];
    field[0] = tag;
    field[1] = (byte) (field.length - 2);
    System.arraycopy(content, 0, field, 2, field.length - 2);
    return field;
  }

  /** Fields of a message whose tags and lengths have one byte; what is not so is left out. */
  private static List<byte[]> fields(byte[] message) {
    List<byte[]> fields = new ArrayList<>();
    int at = 0;
    while (at + 1 < message.length) {
      int length =
          switch (message[at] & 7) {
            case 0 -> 2;
            case 2 -> 2 + Math.max(0, message[at + 1]);
            case 5 -> 5;
            default -> message.length - at;
          };
      int end = Math.min(message.length, at + length);
      fields.add(Arrays.copyOfRange(message, at, end));
      at = end;
    }
    return fields;
  }
}
