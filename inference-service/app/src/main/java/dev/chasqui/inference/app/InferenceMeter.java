package dev.chasqui.inference.app;

import dev.chasqui.service.MeterName;
import java.util.stream.Stream;

/** Every meter of the service but those of its engines. All bear pool and model. */
enum InferenceMeter {
  /** Gauge: requests that wait in line for room. */
  QUEUED_REQUESTS("chasqui.inference.queued.requests", "requests"),
  /** Gauge: tokens of them, roughly: prompt and the most tokens of the answer. */
  QUEUED_TOKENS("chasqui.inference.queued.tokens", "tokens"),
  /** Gauge: requests that are with an engine. */
  RUNNING("chasqui.inference.running", "requests"),
  /** Counter: tokens that were made known. */
  TOKENS("chasqui.inference.tokens", "tokens"),
  /** Timer: from admission to the first token. */
  TIME_TO_FIRST_TOKEN("chasqui.inference.time.to.first.token", "seconds"),
  /** Timer: from admission to the terminal event. */
  ANSWER("chasqui.inference.answer", "seconds", "outcome");

  private final MeterName meter;

  InferenceMeter(String name, String unit, String... moreTags) {
    String[] tags =
        Stream.concat(Stream.of("pool", "model"), Stream.of(moreTags)).toArray(String[]::new);
    meter = MeterName.of(name, unit, tags);
  }

  MeterName meter() {
    return meter;
  }
}
