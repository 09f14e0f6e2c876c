/**
 * Fenced code blocks of an answer.
 *
 * <p>In comes Markdown in pieces of any length; out go its {@link
 * dev.chasqui.guard.scan.fence.CodeBlock}s, the last of which may still grow. The caller's thread
 * does the work.
 */
@NullMarked
package dev.chasqui.guard.scan.fence;

import org.jspecify.annotations.NullMarked;
