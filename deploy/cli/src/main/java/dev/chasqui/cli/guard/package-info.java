/**
 * A guard in this process: what it makes of rows of text, how right it is, and what another policy
 * would change.
 *
 * <p>In come JSON rows of prompts and answers, or those that Kafka retains with their verdicts, and
 * a guard model; out go scores, a table of how they agree with labels, or of what would change.
 * Nothing is written to Kafka. The main thread reads and writes; the engine's thread judges.
 */
@NullMarked
package dev.chasqui.cli.guard;

import org.jspecify.annotations.NullMarked;
