/**
 * The input topology: prompts and cancellations to admissions, verdicts and rejections.
 *
 * <p>In come prompts and cancellations as bytes; out go admissions and stops to the pools, one
 * verdict a judged prompt, the final of every prompt that is not admitted, and dead letters. It
 * alone decides what a request id means. Everything runs on the stream thread of the task; the
 * guard answers through its mailbox.
 */
@NullMarked
package dev.chasqui.guard.topology.input;

import org.jspecify.annotations.NullMarked;
