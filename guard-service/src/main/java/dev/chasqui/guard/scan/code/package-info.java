/**
 * Source code as patterns see it.
 *
 * <p>In comes a text and its language, which may be a fragment; out goes a {@link
 * dev.chasqui.guard.scan.code.SourceText}, in which comments and strings are told apart from code
 * by a small lexer per language family. Unchangeable values, used from any thread.
 */
@NullMarked
package dev.chasqui.guard.scan.code;

import org.jspecify.annotations.NullMarked;
