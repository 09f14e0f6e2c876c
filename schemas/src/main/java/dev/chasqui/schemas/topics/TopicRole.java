package dev.chasqui.schemas.topics;

/** What a topic is for. */
public enum TopicRole {
  /** Prompts that wait for an answer. */
  PROMPTS("prompts", true),
  /** What the guard let pass and what it stops again: one topic per pool. */
  ADMITTED("admitted", true),
  /** Unjudged answers, for the output topology alone. */
  GENERATIONS("generations", true),
  /** What users read. */
  RESPONSES("responses", true),
  /** What the guard found. */
  VERDICTS("verdicts", true),
  /** Requests for a person's decision. */
  REVIEWS("reviews", true),
  /** The decisions. */
  REVIEW_DECISIONS("review-decisions", true),
  /** Requests to end a request. */
  CANCELLATIONS("cancellations", true),
  /** Guard policies, compacted. */
  POLICIES("policies", false),
  /** Unreadable records as they came, with the reason in headers. */
  DEAD_LETTERS("dead-letters", false);

  private final String suffix;
  private final boolean coPartitioned;

  TopicRole(String suffix, boolean coPartitioned) {
    this.suffix = suffix;
    this.coPartitioned = coPartitioned;
  }

  /**
   * The name without prefix, which is also the last part of its configuration key.
   *
   * @return for example {@code review-decisions}
   */
  public String suffix() {
    return suffix;
  }

  /**
   * Whether the topic is keyed by request id and must have as many partitions as the others so
   * keyed.
   *
   * @return true for all but policies and dead letters
   */
  public boolean coPartitioned() {
    return coPartitioned;
  }
}
