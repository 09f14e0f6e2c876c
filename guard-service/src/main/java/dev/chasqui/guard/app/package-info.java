/**
 * The guard as a program: settings in, a running service out.
 *
 * <p>In come the properties {@code chasqui.*}, and an engine where another program has opened one;
 * out go two running topologies, health and meters. Spring's main thread starts and stops; the
 * topologies run on the threads of Kafka Streams, the guard model on its engine's thread.
 *
 * <p>Policies come from the jar, from files, and from the topic of policies, which one feed follows
 * on a thread of its own for both topologies; they start when it has read what there is.
 *
 * <p>Each topology is a Kafka Streams application of its own in the same process: a stop of one
 * does not rebalance the other, each commits on its own, and an operator can give one more threads.
 * Both stand before the guard model in one line.
 */
@NullMarked
package dev.chasqui.guard.app;

import org.jspecify.annotations.NullMarked;
