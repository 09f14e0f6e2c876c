package dev.chasqui.engine.grammar;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class Utf8RangesTests {

  @Test
  void aCharacterFitsExactlyIfItIsInTheRange() {
    Random random = new Random(1);
    int[] borders = {0, 0x7f, 0x80, 0x7ff, 0x800, 0xd7ff, 0xe000, 0xffff, 0x10000, 0x10ffff};
    for (int round = 0; round < 300; round++) {
      int one = near(borders[random.nextInt(borders.length)], random);
      int other = near(borders[random.nextInt(borders.length)], random);
      int from = Math.min(one, other);
      int to = Math.max(one, other);
      List<int[][]> sequences = Utf8Ranges.of(from, to);
      for (int probe = 0; probe < 200; probe++) {
        int codePoint = near(probe % 2 == 0 ? from : to, random);
        if (codePoint < 0xd800 || codePoint > 0xdfff) {
          assertThat(fits(codePoint, sequences))
              .as("%x in [%x, %x]", codePoint, from, to)
              .isEqualTo(from <= codePoint && codePoint <= to);
        }
      }
    }
  }

  private static int near(int codePoint, Random random) {
    return Math.clamp(codePoint + random.nextInt(300) - 150, 0, 0x10ffff);
  }

  private static boolean fits(int codePoint, List<int[][]> sequences) {
    byte[] bytes = Character.toString(codePoint).getBytes(StandardCharsets.UTF_8);
    long ways = sequences.stream().filter(sequence -> fits(bytes, sequence)).count();
    assertThat(ways).isLessThanOrEqualTo(1);
    return ways == 1;
  }

  private static boolean fits(byte[] bytes, int[][] sequence) {
    boolean fits = bytes.length == sequence.length;
    for (int i = 0; fits && i < bytes.length; i++) {
      int value = bytes[i] & 0xff;
      fits = sequence[i][0] <= value && value <= sequence[i][1];
    }
    return fits;
  }
}
