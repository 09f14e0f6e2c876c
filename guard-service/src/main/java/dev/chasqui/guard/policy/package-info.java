/**
 * Guard policies: what is looked for, from which score on a person decides or it is stopped, and
 * what a reader may see meanwhile.
 *
 * <p>In come built-in and operators' policy files at start-up, and versions that are published
 * while the service runs; out goes the {@link dev.chasqui.guard.policy.Policy} of a prompt, chosen
 * once when it arrives, or of an answer, found by its reference. Unchangeable values, used from any
 * thread.
 */
@NullMarked
package dev.chasqui.guard.policy;

import org.jspecify.annotations.NullMarked;
