/**
 * Scans code for insecure patterns.
 *
 * <p>In come files or standard input; out go findings as text, JSON or SARIF, and an exit code that
 * says whether there were any. The main thread does the work.
 */
@NullMarked
package dev.chasqui.cli.scan;

import org.jspecify.annotations.NullMarked;
