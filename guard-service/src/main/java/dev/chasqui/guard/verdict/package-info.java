/**
 * What a guard found, and what a guard model's probabilities mean.
 *
 * <p>In come the log-probabilities of the two verdict strings, and of the codes of hazards, or why
 * there are none; out goes a {@link dev.chasqui.guard.verdict.Verdict}. Findings in code have a
 * {@link dev.chasqui.guard.verdict.Severity}. Pure values: no thread, no model, no Kafka.
 *
 * <p>How a {@link dev.chasqui.guard.verdict.Ruling} decides on a text with score u, whose hazards k
 * have the category scores c(k) that sum up to u:
 *
 * <ol>
 *   <li>A hazard with a rule is <em>above</em> where c(k) reaches its unsafe-threshold (the
 *       policy's, if it has none): then its action holds. Where c(k) reaches only its
 *       review-threshold, it is above with the action review.
 *   <li>If a hazard above has the action block, the text is unsafe, for all such hazards.
 *   <li>Else the rest r is u less the scores of all hazards above, which have the action review or
 *       allow: they answer for their part of the score and no more. The policy's own thresholds
 *       give r a band.
 *   <li>The stricter one of that band and of the actions of the hazards above holds. Where r alone
 *       decides, the likeliest hazard in it is named.
 * </ol>
 *
 * <p>So where no hazard is above, the score of the text decides alone, as it does where hazards
 * were not asked for; a hazard can be stopped at a lower score than others; and an allowed hazard
 * excuses no other one. Below every threshold of a policy no hazard can be above, and the model is
 * not asked for them.
 */
@NullMarked
package dev.chasqui.guard.verdict;

import org.jspecify.annotations.NullMarked;
