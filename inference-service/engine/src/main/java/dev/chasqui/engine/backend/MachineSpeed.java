package dev.chasqui.engine.backend;

/**
 * What a machine can do at most, measured: what speeds are to be held against.
 *
 * @param readGigabytesPerSecond memory read by all threads together, in 10^9 bytes a second
 * @param int8GigaopsPerSecond int8 multiplications and additions of all threads together, weights
 *     and activations in the cache, in 10^9 a second
 */
public record MachineSpeed(double readGigabytesPerSecond, double int8GigaopsPerSecond) {}
