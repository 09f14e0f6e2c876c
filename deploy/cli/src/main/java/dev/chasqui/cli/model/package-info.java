/**
 * The commands that look at checkpoints and convert them.
 *
 * <p>In comes a path; out goes a description, or a GGUF file. Nothing is computed, and weights stay
 * in the mapped files. All of it runs on the main thread.
 */
@NullMarked
package dev.chasqui.cli.model;

import org.jspecify.annotations.NullMarked;
