/**
 * What reviews of prompts and of answers have in common.
 *
 * <p>In come decisions as they were read, and the review rules of a policy; out go what is wrong
 * with a decision, when a review runs out and what then, and what is told on the topic of reviews.
 * Values and pure functions, but for {@link dev.chasqui.guard.topology.review.Alarms}, which
 * belongs to the stream thread.
 */
@NullMarked
package dev.chasqui.guard.topology.review;

import org.jspecify.annotations.NullMarked;
