package dev.chasqui.guard.topology.judging;

import dev.chasqui.guard.classifier.Subject;
import dev.chasqui.guard.policy.Policy;

/**
 * A text to judge and by what.
 *
 * @param subject the conversation, whose last turn is judged
 * @param policy the policy of the request
 */
public record JudgingCase(Subject subject, Policy policy) {}
