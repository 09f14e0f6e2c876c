/**
 * The demo: sample prompts go in through Kafka like anybody's, and what comes back is shown as it
 * arrives.
 *
 * <p>In comes a connection to a running Chasqui; out go lines for people. The main thread writes
 * the prompts, reads and prints.
 */
@NullMarked
package dev.chasqui.standalone.demo;

import org.jspecify.annotations.NullMarked;
