/**
 * Asks a guard model whether a text is safe.
 *
 * <p>In come a conversation, whose last turn is to be judged, and a policy; out goes one {@link
 * dev.chasqui.guard.verdict.Verdict}, on the engine's thread. Nothing here waits, and nothing is
 * decoded: the verdict is read off the probabilities of the two whole verdict strings, and the
 * hazards off those of their codes behind the verdict "unsafe", in a second question on the same
 * prompt. It is put where a threshold of the policy is reached, or where the policy always asks.
 *
 * <p>Policies that only watch are judged by behind it, one after the other; what they ask as the
 * policy did is not asked again.
 *
 * <p>Codes are told apart as whole strings. Where a tokenizer writes {@code S10} as the tokens of
 * {@code S1} and one more, what the model has for S10 counts for S1 too; those of Llama 3 do not.
 */
@NullMarked
package dev.chasqui.guard.classifier;

import org.jspecify.annotations.NullMarked;
