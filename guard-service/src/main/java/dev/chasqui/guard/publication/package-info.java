/**
 * Policies as versioned events on the topic of policies.
 *
 * <p>In come records that publish a version of a policy or activate one; out goes, at any moment,
 * the newest {@link dev.chasqui.guard.policy.Policies}, which both topologies ask. Built-in
 * policies and files are the floor: they count as published, and no event takes them away. A
 * version never changes; what cannot be read, breaks that rule or cannot be judged by is logged,
 * counted and not used.
 *
 * <p>{@link dev.chasqui.guard.publication.PolicyFeed} owns one thread and its consumer, which
 * belongs to no group: every guard reads the whole topic from its beginning. Topologies start when
 * it has come to the end that stood when it began.
 */
@NullMarked
package dev.chasqui.guard.publication;

import org.jspecify.annotations.NullMarked;
