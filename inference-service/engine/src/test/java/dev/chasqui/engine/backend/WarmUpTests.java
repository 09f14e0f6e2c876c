package dev.chasqui.engine.backend;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WarmUpTests {

  private final List<Step> steps = new ArrayList<>();

  @Test
  void runsPrefillAndDecodeOfOneAndOfSeveral() {
    WarmUp.run(steps::add, new KvShape(64, 16), Duration.ofSeconds(10));

    assertThat(steps).anyMatch(step -> step.rows() == 64 && step.slices().size() == 1);
    assertThat(steps).anyMatch(step -> step.rows() == 1);
    assertThat(steps).anyMatch(step -> step.rows() == 8 && step.slices().size() == 8);
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "1, 16", "3, 5", "64, 16"})
  void staysWithinTheBlocksThatThereAre(int blocks, int blockSizeTokens) {
    KvShape kv = new KvShape(blocks, blockSizeTokens);

    WarmUp.run(steps::add, kv, Duration.ofSeconds(10));

    StepCheck check = new StepCheck(1, kv, 0);
    assertThat(steps).isNotEmpty().allSatisfy(check::check);
  }

  @Test
  void runsTheFirstAdapter() {
    WarmUp.runAdapted(steps::add, new KvShape(64, 16), Duration.ofSeconds(10));

    assertThat(steps)
        .isNotEmpty()
        .allSatisfy(step -> assertThat(step.slices()).allMatch(slice -> slice.adapter() == 0));
  }

  @Test
  void runsNothingWithoutTime() {
    WarmUp.run(steps::add, new KvShape(64, 16), Duration.ZERO);

    assertThat(steps).isEmpty();
  }
}
