/**
 * Guard policies: what is looked for, from which score on a person decides or it is stopped, and
 * what a reader may see meanwhile.
 *
 * <p>In come built-in and operators' policy files at start-up, and versions that are published
 * while the service runs; out goes the {@link dev.chasqui.guard.policy.Policy} of a prompt, chosen
 * once when it arrives, or of an answer, found by its reference. Unchangeable values, used from any
 * thread.
 *
 * <p>Which version a new prompt gets:
 *
 * <pre>
 * the prompt names          the tenant has its own   it gets
 * no policy                 shop@2                   shop@2
 * shop                      shop@2                   shop@2
 * other                     shop@2                   the active version of other
 * an id, or none            nothing                  the active version of that id, or of the
 *                                                    tenant's (configuration), or of the default
 * </pre>
 *
 * <p>Policies that only watch are always the active versions of their ids.
 */
@NullMarked
package dev.chasqui.guard.policy;

import org.jspecify.annotations.NullMarked;
