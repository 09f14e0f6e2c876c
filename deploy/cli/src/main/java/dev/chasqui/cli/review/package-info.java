/**
 * The commands of reviewers: what waits for a person, and what that person decides.
 *
 * <p>In come arguments and the records of the topic of reviews, read to its present end; out go
 * decisions to the topic of decisions, and text or JSON to the terminal. A command that decides
 * waits until the guard has acted on it, or says why it did not. The main thread does the work.
 */
@NullMarked
package dev.chasqui.cli.review;

import org.jspecify.annotations.NullMarked;
