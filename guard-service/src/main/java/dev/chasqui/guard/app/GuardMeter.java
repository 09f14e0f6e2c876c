package dev.chasqui.guard.app;

/** Every meter of the service. */
enum GuardMeter {
  /** Timer: from hand-over to the guard to its verdict; tags subject, outcome, admitted. */
  VERDICTS("chasqui.guard.verdicts", "seconds"),
  /** Counter: prompts that went to a pool; tag pool. */
  ADMITTED("chasqui.guard.admitted", "requests"),
  /** Counter: last words on requests; tag outcome. */
  ENDED("chasqui.guard.ended", "requests"),
  /** Counter: prompts that came again. */
  REPEATED("chasqui.guard.repeated", "requests"),
  /** Counter: records that went to the dead letters; tag code. */
  PUT_ASIDE("chasqui.guard.put.aside", "records"),
  /** Gauge: judgings that wait for the guard. */
  QUEUED("chasqui.guard.judgings.queued", "judgings"),
  /** Gauge: judgings that the guard works on. */
  RUNNING("chasqui.guard.judgings.running", "judgings");

  private final String meterName;
  private final String unit;

  GuardMeter(String meterName, String unit) {
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
