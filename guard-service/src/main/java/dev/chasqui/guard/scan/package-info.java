/**
 * The code scan.
 *
 * <p>In comes an answer in pieces, or a file of code; out go {@link
 * dev.chasqui.guard.scan.Finding}s. It knows neither Kafka nor the engine; the caller's thread does
 * the work.
 */
@NullMarked
package dev.chasqui.guard.scan;

import org.jspecify.annotations.NullMarked;
