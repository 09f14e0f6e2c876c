/**
 * The commands that publish and activate versions of guard policies on a running Chasqui.
 *
 * <p>In come policy files and the records of the topic of policies; out go events to it, and text
 * or JSON to the terminal. Guards follow the topic by themselves and tell nobody, so a command ends
 * when Kafka has its event. The main thread does the work.
 */
@NullMarked
package dev.chasqui.cli.policy;

import org.jspecify.annotations.NullMarked;
