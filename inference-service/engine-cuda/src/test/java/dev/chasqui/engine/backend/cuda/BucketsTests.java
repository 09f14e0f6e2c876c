package dev.chasqui.engine.backend.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class BucketsTests {

  @Test
  void holdAllRowsInFewSizes() {
    TreeSet<Integer> sizes = new TreeSet<>();
    for (int rows = 1; rows <= 256; rows++) {
      assertThat(Buckets.rows(rows)).isGreaterThanOrEqualTo(rows);
      sizes.add(Buckets.rows(rows));
    }
    assertThat(sizes).contains(1, 2, 4, 8, 16, 24, 64, 96, 256).hasSizeLessThan(20);
    assertThat(Buckets.rows(0)).isZero();
  }

  @Test
  void roundLengthsUpToPowersOfTwo() {
    assertThat(Buckets.length(1)).isEqualTo(256);
    assertThat(Buckets.length(256)).isEqualTo(256);
    assertThat(Buckets.length(257)).isEqualTo(512);
    assertThat(Buckets.length(8192)).isEqualTo(8192);
    assertThat(Buckets.length(8193)).isEqualTo(16384);
  }
}
