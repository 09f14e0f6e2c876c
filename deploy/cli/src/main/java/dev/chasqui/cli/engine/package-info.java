/**
 * The commands that run a model in this process, without Kafka.
 *
 * <p>In comes one input from the command line, or rows of a JSONL file; out goes one result, or the
 * same rows with the fields of their results put in. The model is loaded once. The main thread
 * submits and writes; the engine's thread computes.
 */
@NullMarked
package dev.chasqui.cli.engine;

import org.jspecify.annotations.NullMarked;
