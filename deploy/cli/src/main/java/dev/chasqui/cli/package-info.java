/**
 * The {@code chasqui} command.
 *
 * <p>In come command-line arguments; out go text or JSON on standard output, one clear line on
 * standard error where something is wrong, and an exit code. The main thread does the work.
 */
@NullMarked
package dev.chasqui.cli;

import org.jspecify.annotations.NullMarked;
