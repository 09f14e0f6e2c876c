/**
 * What a guard found, and what a guard model's probabilities mean.
 *
 * <p>In come the log-probabilities of the two verdict strings, or why there are none; out goes a
 * {@link dev.chasqui.guard.verdict.Verdict}. Findings in code have a {@link
 * dev.chasqui.guard.verdict.Severity}. Pure values: no thread, no model, no Kafka.
 */
@NullMarked
package dev.chasqui.guard.verdict;

import org.jspecify.annotations.NullMarked;
