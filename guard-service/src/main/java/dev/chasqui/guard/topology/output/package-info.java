/**
 * The output topology: unjudged answers to released tokens, verdicts and finals.
 *
 * <p>In come generation events as bytes; out go tokens that may be seen, one verdict a judged
 * window, the final of every admitted request, and stops to the pools. What is not judged stays in
 * the stores. Everything runs on the stream thread of the task; the guard answers through its
 * mailbox.
 *
 * <p>An answer is judged with its conversation whenever a window of new tokens is there and at its
 * end, one judging at a time; what arrives meanwhile is part of the next. Windows end where a chunk
 * of the generator ends, since text cannot be cut between tokens. A chunk may hold back text that
 * could yet become a stop sequence or the rest of a character: its token ids are released with the
 * chunk, since such text is known to the caller or shorter than a character. An end that brings no
 * new text is not judged again, and an answer without text is not judged at all.
 *
 * <p>Code in fenced blocks is scanned as far as it is judged: the verdict of a window names what
 * was found in it. Under a policy that blocks, a finding stops the answer as an unsafe window does,
 * whatever the guard model said. A weakness that later code can excuse is found when its block, or
 * the answer, ends; by then its first windows may have been released.
 *
 * <p>Of several choices each is judged and released by itself, the one that has waited for most
 * tokens first; one that is not let through ends them all, and the final comes when all have ended.
 *
 * <p>When the conversation and the answer outgrow the guard's context, the guard goes on with the
 * last M tokens of the answer; when that does not fit either, the answer is undecided.
 */
@NullMarked
package dev.chasqui.guard.topology.output;

import org.jspecify.annotations.NullMarked;
