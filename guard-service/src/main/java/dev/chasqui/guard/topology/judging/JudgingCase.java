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
 * @param shadows who watches the conversation
 */
public record JudgingCase(Subject subject, Policy policy, List<Part> parts, Shadows shadows) {

  /** Copies the list. */
  public JudgingCase {
    parts = List.copyOf(parts);
  }

  /**
   * Policies that judge the same text without effect.
   *
   * @param policies the policies
   * @param recording writes down what they find
   */
  public record Shadows(List<Policy> policies, Recording recording) {

    /** Nobody watches. */
    public static final Shadows NONE = new Shadows(List.of(), (_, _, _) -> {});

    /** Copies the list. */
    public Shadows {
      policies = List.copyOf(policies);
    }
  }

  /**
   * Makes a case of a conversation alone that nobody watches.
   *
   * @param subject the conversation, whose last turn is judged
   * @param policy the policy of the request
   */
  public JudgingCase(Subject subject, Policy policy) {
    this(subject, policy, List.of(), Shadows.NONE);
  }
}
