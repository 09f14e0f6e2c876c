package dev.chasqui.engine.runtime;

import dev.chasqui.engine.api.GenerationEvent.Timings;
import java.time.Duration;
import java.util.OptionalLong;

/** When things happened to one call, for its timings. */
final class CallTimes {

  private final long openedNanos;
  private OptionalLong firstStep = OptionalLong.empty();
  private OptionalLong firstToken = OptionalLong.empty();

  CallTimes(long openedNanos) {
    this.openedNanos = openedNanos;
  }

  void onStep() {
    if (firstStep.isEmpty()) {
      firstStep = OptionalLong.of(System.nanoTime());
    }
  }

  void onToken() {
    if (firstToken.isEmpty()) {
      firstToken = OptionalLong.of(System.nanoTime());
    }
  }

  /** Returns the timings of a call that ends now; what never happened counts until now. */
  Timings timings() {
    long now = System.nanoTime();
    return new Timings(since(firstStep.orElse(now)), since(firstToken.orElse(now)), since(now));
  }

  private Duration since(long nanos) {
    return Duration.ofNanos(nanos - openedNanos);
  }
}
