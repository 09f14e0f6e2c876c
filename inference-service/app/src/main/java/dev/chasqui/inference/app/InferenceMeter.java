package dev.chasqui.inference.app;

/** Every meter of the service. All bear the tags {@code pool} and {@code model}. */
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
  /** Timer: from admission to the terminal event; tag {@code outcome}. */
  ANSWER("chasqui.inference.answer", "seconds");

  private final String meterName;
  private final String unit;

  InferenceMeter(String meterName, String unit) {
    this.meterName = meterName;
    this.unit = unit;
  }

  String meterName() {
    return meterName;
  }

  String unit() {
    return unit;
  }
}
