/**
 * What the guard's stores hold, generated from {@code src/main/avro/guard-state.avdl}.
 *
 * <p>Values of changelogged stores: a later version must read what an earlier one wrote.
 */
@NullMarked
package dev.chasqui.guard.topology.state;

import org.jspecify.annotations.NullMarked;
