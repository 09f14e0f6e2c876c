/**
 * The input topology: prompts, cancellations and reviewers' decisions to admissions, verdicts,
 * questions to reviewers and rejections.
 *
 * <p>In come prompts, cancellations and decisions as bytes; out go admissions and stops to the
 * pools, the verdicts on a judged prompt, a question to reviewers where the verdict asks for a
 * person, each decision that was acted on, the final of every prompt that is not admitted, and dead
 * letters. It alone decides what a request id means. Everything runs on the stream thread of the
 * task; the guard answers through its mailbox.
 *
 * <p>Documents and results of tools that are not marked as trusted are judged apart as well as in
 * the conversation, one after the other in one judging: a verdict each, told in one transaction,
 * and the prompt passes only if all do. One that brings more of them than {@code
 * chasqui.guard.max-untrusted-texts} (64) is rejected on arrival, {@code too-many-untrusted}: none
 * is left unjudged, and no prompt holds a place in the guard's line for as long as it likes.
 *
 * <p>A prompt whose verdict is <i>review</i> is parked: it stays in the store, holds no place in
 * the guard's line, and the partition goes on. What is left of each transition after a crash:
 *
 * <pre>
 * transition (one transaction each)      with the offset of     crash before its commit   after it
 * PENDING ─review───▶ PARKED             (nothing: an event)    judged again              parked, with
 *   verdict REVIEW, REQUESTED                                                             its time-out
 * PARKED ──approve──▶ ADMITTED           the decision           the decision is read      a repeat of
 *   DECIDED, the admission                                      again, all is done again  the decision
 * PARKED ──edit─────▶ PENDING            the decision           likewise                  is known by
 *   DECIDED, the prompt's new text                                                        its hash and
 * PARKED ──reject───▶ FINAL              the decision           likewise                  ignored
 *   DECIDED, the final
 * PARKED ──time-out─▶ ADMITTED or FINAL  (nothing: the clock)   found overdue, done       done
 *   DECIDED as TIMED_OUT, admission or final                    again
 * PARKED ──cancelled, expired─▶ FINAL    the cancellation       likewise                  done
 *   DECIDED as WITHDRAWN, the final
 * </pre>
 *
 * <p>The time-out and what the policy does then are fixed when the question is asked, and kept with
 * the id. An edited text is judged like a new one, and may be parked again: a reviewer vouches for
 * what the user wrote, not for every slip in what replaces it, and so there is no way into a pool
 * past the guard. Each question has a number, which a decision may name: what was meant for the
 * text before an edit is not taken for the text after it.
 *
 * <p>This topology and the output topology both read the topic of decisions, each acts on those of
 * its own subject, and this one alone puts aside what cannot be read.
 */
@NullMarked
package dev.chasqui.guard.topology.input;

import org.jspecify.annotations.NullMarked;
