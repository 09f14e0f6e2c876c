/**
 * What both topologies of the guard share: topics, pools, policies, the sinks, and who watches.
 *
 * <p>In comes configuration; out go the values and nodes that the topologies in the packages below
 * are built from. The observer is called on stream threads.
 */
@NullMarked
package dev.chasqui.guard.topology;

import org.jspecify.annotations.NullMarked;
