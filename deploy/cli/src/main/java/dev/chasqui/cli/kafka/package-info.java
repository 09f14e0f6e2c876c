/**
 * The commands that talk to a running Chasqui through Kafka, and the readers and writers under
 * them.
 *
 * <p>In come arguments and records; out go prompts to Kafka and text or JSON to the terminal. Every
 * reader is read_committed and belongs to no consumer group. The main thread does the work.
 */
@NullMarked
package dev.chasqui.cli.kafka;

import org.jspecify.annotations.NullMarked;
