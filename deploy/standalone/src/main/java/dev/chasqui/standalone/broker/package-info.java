/**
 * One Kafka node inside this JVM, broker and controller in one.
 *
 * <p>In go a directory and a port; out comes a bootstrap address on loopback. The node's threads
 * are its own; what it stores outlives the process, however that ends: a node that was killed is
 * declared dead before it starts again, so that every transaction ends. Kafka's internal classes
 * are seen here and nowhere else.
 */
@NullMarked
package dev.chasqui.standalone.broker;

import org.jspecify.annotations.NullMarked;
