/**
 * The topics of Chasqui: names, partitions and settings, and how to create them.
 *
 * <p>In comes configuration, out go names for the topologies and plans for an admin client. All but
 * {@link dev.chasqui.schemas.topics.TopicCreator} is plain values without a thread.
 */
@NullMarked
package dev.chasqui.schemas.topics;

import org.jspecify.annotations.NullMarked;
