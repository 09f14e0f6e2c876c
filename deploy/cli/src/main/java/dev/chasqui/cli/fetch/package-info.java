/**
 * Finds the file of a model, and fetches it where it is missing.
 *
 * <p>In comes what a person wrote after {@code --model}; out goes a path. What is fetched is
 * checked and kept under the user's cache directory, put in place by one atomic rename. The
 * caller's thread does the work and waits for the network.
 */
@NullMarked
package dev.chasqui.cli.fetch;

import org.jspecify.annotations.NullMarked;
