/**
 * Dead letters: records that nobody can read, kept as they came.
 *
 * <p>In comes the original record and a reason, out goes the same bytes and headers with {@code
 * chasqui.error.*} headers behind them, never Avro. Values without a thread.
 */
@NullMarked
package dev.chasqui.schemas.deadletter;

import org.jspecify.annotations.NullMarked;
