/**
 * What a guard model's probabilities mean.
 *
 * <p>In come the log-probabilities of the two verdict strings, or why there are none; out goes a
 * {@link dev.chasqui.guard.verdict.Verdict}. Pure values: no thread, no model, no Kafka.
 */
@NullMarked
package dev.chasqui.guard.verdict;

import org.jspecify.annotations.NullMarked;
