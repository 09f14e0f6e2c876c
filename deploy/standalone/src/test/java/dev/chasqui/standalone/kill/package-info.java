/**
 * The kill test: what the promises are worth when processes die.
 *
 * <p>A {@link dev.chasqui.standalone.kill.Cluster} runs broker, registry, two guards and two
 * inference services, each as a process of its own on a real (tiny) checkpoint. A {@link
 * dev.chasqui.standalone.kill.KillScenario} strikes when enough answers are half written, and the
 * {@link dev.chasqui.standalone.kill.AnswerLedger} holds what a {@code read_committed} reader saw
 * against an undisturbed greedy run. The test thread owns everything here.
 */
@NullMarked
package dev.chasqui.standalone.kill;

import org.jspecify.annotations.NullMarked;
