/**
 * Policies as versioned events on the topic of policies.
 *
 * <p>In come records that publish a version of a policy or activate one, for everyone or for a
 * tenant; out goes, at any moment, the newest {@link dev.chasqui.guard.policy.Policies}, which both
 * topologies ask. Built-in policies and files are the floor: they count as published, and no event
 * takes them away. A version never changes; what cannot be read, breaks that rule or cannot be
 * judged by is logged, counted and not used.
 *
 * <p>A tenant has one pointer, to one version of one policy: it holds for the tenant's prompts that
 * name no policy or that one, until another is activated for the tenant or it is deactivated. Under
 * its key {@code tenant:NAME} the last word outlives compaction, as that on an id does under the
 * id.
 *
 * <p>{@link dev.chasqui.guard.publication.PolicyFeed} owns one thread and its consumer, which
 * belongs to no group: every guard reads the whole topic from its beginning. Topologies start when
 * it has come to the end that stood when it began.
 */
@NullMarked
package dev.chasqui.guard.publication;

import org.jspecify.annotations.NullMarked;
