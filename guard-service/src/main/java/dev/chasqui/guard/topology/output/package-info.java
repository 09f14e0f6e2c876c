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
 * <p>Judging is the same under every release mode. What a reader of the responses sees is not:
 *
 * <pre>
 *           tokens appear          a window is let      a window is not         generator ended,
 *                                  through              let through             last window let through
 * FULL      with the final         -                    REJECTED                TOKENS…, FINISHED
 * WINDOW    judged, by windows     TOKENS               REJECTED                FINISHED
 * RETRACT   at once, provisional   -                    RETRACTED, REJECTED     FINISHED
 * AUDIT     at once, for good      -                    -                       FINISHED
 * </pre>
 *
 * <p>Each line below is one transaction with the store entries that it follows from and the offset
 * of what caused it, so a crash behind a line leaves all of it and a crash before it nothing; the
 * next owner then finds the answer as the line before left it:
 *
 * <pre>
 * tokens come        stored; RETRACT, AUDIT: TOKENS            resumed: judged from judgedTo on;
 *                                                              what is stored counts as shown
 * window passes      verdict; WINDOW: TOKENS; judgedTo         resumed: next window
 * window is stopped  verdict (admitted: false); RETRACT: one   resumed: closed; late tokens are
 *                    RETRACTED a choice; REJECTED; stop to     swallowed until the generator's end
 *                    the pool; the answer is closed            comes, then the answer is forgotten
 * generator ends     stored                                    resumed: the rest is judged
 * last one passes    verdict; TOKENS that are left; FINISHED   nothing is left
 * cancelled behind   RETRACT: one RETRACTED a choice;          nothing is left
 * the end            CANCELLED, WITHDRAWN if it is held
 * window is held     verdict REVIEW, a question to reviewers   resumed: held, with its time-out
 * held, approved     the decision told; then as a window that  resumed: next window; a repeat of
 *                    passes                                    the decision is known by its hash
 * held, rejected     the decision told; then as a window that  resumed: closed
 *                    is stopped
 * </pre>
 *
 * <p>A window in the review band is held until a person, or after its time the policy, decides:
 * nothing of it or behind it is let through, and the answer is judged no further, so an answer has
 * one open review at most. The generator goes on meanwhile: to pause it would keep its place on the
 * device for as long as a person may take, while its tokens wait in the store here for nothing.
 * RETRACT goes on to show them as provisional, and the decision says whether they are taken back;
 * AUDIT only records the verdict and asks nobody. An answer cannot be edited, since its tokens are
 * the model's. A generator that fails, is cancelled or runs out of time ends the answer and its
 * review (WITHDRAWN), and so does the deadline of the request.
 *
 * <p>A cancellation that comes behind the end of the generation is told by the generator, behind
 * that end. It ends at once what waits for a person, for the guard or for its policy; nothing more
 * is shown, and what comes late finds nothing. Under AUDIT all is shown already: the end is kept as
 * cancelled, and told with the verdict on the last tokens, at most a time-out of the guard later.
 *
 * <p>RETRACT takes back from {@code judgedTo} on, so that what stays are the tokens that the guard
 * let through: the same that a reader under WINDOW would have. That holds at every end that is not
 * preceded by a last verdict, so also where the generator fails, and for each of several choices.
 * AUDIT shows what it shows for good, so no token of it is provisional, verdicts say {@code
 * admitted}, no stop is sent, and the final of an answer whose generator ended, in whatever way,
 * waits for the verdict on the last tokens. What breaks here waits for nothing under any mode:
 * where the generator's tokens do not go on where they stood ({@code sequence-broken}), or a record
 * is larger than Kafka takes ({@code request-too-large}), the answer fails at once, and what AUDIT
 * showed behind its last verdict stays unjudged. An answer whose policy is not here shows nothing
 * under any mode and ends undecided with the next token.
 *
 * <p>Code in fenced blocks is scanned as far as it is judged: the verdict of a window names what
 * was found in it. Under a policy that blocks, a finding stops the answer as an unsafe window does,
 * whatever the guard model said; under AUDIT the verdict says unsafe, and that is all. A weakness
 * that later code can excuse is found when its block, or the answer, ends; by then its first
 * windows may have been let through.
 *
 * <p>Of several choices each is judged and released by itself, the one that has waited for most
 * tokens first; one that is not let through ends them all, and the final comes when all have ended.
 *
 * <p>An answer whose policy version is not here yet waits for it: nothing is shown before, and the
 * release mode is window at most. What has waited too long is undecided, and nothing of it goes on.
 *
 * <p>When the conversation and the answer outgrow the guard's context, the guard goes on with the
 * last M tokens of the answer; when that does not fit either, the answer is undecided.
 */
@NullMarked
package dev.chasqui.guard.topology.output;

import org.jspecify.annotations.NullMarked;
