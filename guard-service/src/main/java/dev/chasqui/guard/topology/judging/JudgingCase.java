package dev.chasqui.guard.topology.judging;

import dev.chasqui.guard.classifier.Subject;
import dev.chasqui.guard.policy.Policy;
import java.util.List;

/**
 * What to judge and by what.
 *
 * @param subject the conversation, whose last turn is judged
 * @param policy the policy of the request
 * @param parts texts that it brings along, judged apart after it
 */
public record JudgingCase(Subject subject, Policy policy, List<Part> parts) {

  /** Copies the list. */
  public JudgingCase {
    parts = List.copyOf(parts);
  }

  /**
   * Makes a case of a conversation alone.
   *
   * @param subject the conversation, whose last turn is judged
   * @param policy the policy of the request
   */
  public JudgingCase(Subject subject, Policy policy) {
    this(subject, policy, List.of());
  }
}
