/**
 * The guard without Kafka: what it makes of rows of text, and how right it is.
 *
 * <p>In come JSON rows of prompts and answers, and a guard model; out go scores, or a table of how
 * they agree with labels. The main thread reads and writes; the engine's thread judges.
 */
@NullMarked
package dev.chasqui.cli.guard;

import org.jspecify.annotations.NullMarked;
