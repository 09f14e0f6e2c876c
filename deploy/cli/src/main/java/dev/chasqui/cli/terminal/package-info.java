/**
 * What a person sees: colours, lines and progress bars.
 *
 * <p>In go words and numbers; out they come on standard output or standard error, in colour and
 * redrawn in place only where a terminal reads them. The caller's thread writes.
 */
@NullMarked
package dev.chasqui.cli.terminal;

import org.jspecify.annotations.NullMarked;
