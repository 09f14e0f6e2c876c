package dev.chasqui.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class CommitPacerTests {

  private final CommitPace pace = new CommitPace(Duration.ofMillis(50));
  private final AtomicInteger commits = new AtomicInteger();
  private final CommitPacer pacer = pace.pacer(commits::incrementAndGet);

  @Test
  void commitsAtOnceAfterAQuietTime() {
    pacer.wrote();
    pacer.settle(at(0));
    assertThat(commits).hasValue(1);
  }

  @Test
  void asksForNothingWhenNothingWasWritten() {
    pacer.settle(at(0));
    pacer.settle(at(1000));
    assertThat(commits).hasValue(0);
  }

  @Test
  void commitsABusyTaskOncePerInterval() {
    for (int millis = 0; millis < 1000; millis += 5) {
      pacer.wrote();
      pacer.settle(at(millis));
    }
    assertThat(commits).hasValue(20);
  }

  @Test
  void doesNotLetAFinalWaitForTheInterval() {
    pacer.wrote();
    pacer.settle(at(0));
    pacer.wroteFinal();
    pacer.settle(at(10));
    assertThat(commits).hasValue(2);
  }

  @Test
  void countsTheTasksOfOneThreadTogether() {
    CommitPacer other = pace.pacer(commits::incrementAndGet);
    pacer.wrote();
    pacer.settle(at(0));
    other.wrote();
    other.settle(at(5));
    assertThat(commits).hasValue(1);
    other.settle(at(50));
    assertThat(commits).hasValue(2);
  }

  @Test
  void goesOnWhenTheClockIsSetBack() {
    pacer.wrote();
    pacer.settle(at(100_000));
    pacer.wrote();
    pacer.settle(at(0));
    assertThat(commits).hasValue(2);
  }

  @Test
  void refusesAnIntervalOfZero() {
    assertThatThrownBy(() -> new CommitPace(Duration.ZERO)).hasMessageContaining("PT0S");
  }

  private static Instant at(long millis) {
    return Instant.EPOCH.plusMillis(millis);
  }
}
