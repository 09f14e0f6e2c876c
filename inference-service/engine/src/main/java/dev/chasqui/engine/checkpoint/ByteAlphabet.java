package dev.chasqui.engine.checkpoint;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * GPT-2's way to write bytes as printable characters (openai/gpt-2, encoder.py, bytes_to_unicode):
 * a space is {@code Ġ}, a newline {@code Ċ}.
 */
public final class ByteAlphabet {

  private static final char[] CHARACTERS = characters();
  private static final int[] BYTES = bytes();

  private ByteAlphabet() {}

  /**
   * Returns the character that stands for a byte.
   *
   * @param value the byte
   * @return its character
   */
  public static char character(byte value) {
    return CHARACTERS[value & 0xff];
  }

  /**
   * Writes bytes as a piece.
   *
   * @param bytes the bytes
   * @return a character for each
   */
  public static String encode(byte[] bytes) {
    char[] piece = new char[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      piece[i] = character(bytes[i]);
    }
    return new String(piece);
  }

  /**
   * Returns the bytes that a piece stands for.
   *
   * @param piece characters of the alphabet; others stand for themselves in UTF-8
   * @return the bytes
   */
  public static byte[] decode(String piece) {
    ByteArrayOutputStream decoded = new ByteArrayOutputStream(piece.length());
    piece
        .codePoints()
        .forEach(codePoint -> {
          if (codePoint < BYTES.length && BYTES[codePoint] >= 0) {
            decoded.write(BYTES[codePoint]);
          } else {
            decoded.writeBytes(Character.toString(codePoint).getBytes(StandardCharsets.UTF_8));
          }
        });
    return decoded.toByteArray();
  }

  private static char[] characters() {
    char[] characters = new char[256];
    int unprintable = 0;
    for (int value = 0; value < 256; value++) {
      boolean printable =
          value >= '!' && value <= '~' || value >= 0xa1 && value <= 0xac || value >= 0xae;
      characters[value] = (char) (printable ? value : 256 + unprintable++);
    }
    return characters;
  }

  private static int[] bytes() {
    int[] bytes = new int[512];
    Arrays.fill(bytes, -1);
    for (int value = 0; value < 256; value++) {
      bytes[CHARACTERS[value]] = value;
    }
    return bytes;
  }
}
