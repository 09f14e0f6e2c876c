/**
 * Measurements of the running product: broker, registry and services in this process.
 *
 * <p>In come options of the scripts under {@code deploy/bench}; out go small tables. The main
 * thread asks, waits and counts; the parts that it measures own their threads. Nothing here is part
 * of a test: times are for people to read.
 */
@NullMarked
package dev.chasqui.standalone.bench;

import org.jspecify.annotations.NullMarked;
