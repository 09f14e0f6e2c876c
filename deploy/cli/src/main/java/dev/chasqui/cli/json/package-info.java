/**
 * JSON rows: files with one object a line.
 *
 * <p>In comes a file; out go rows that know their line, or a new file that appears only when it is
 * whole. Values without a thread.
 */
@NullMarked
package dev.chasqui.cli.json;

import org.jspecify.annotations.NullMarked;
