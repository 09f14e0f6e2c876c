package dev.chasqui.guard.topology.judging;

import dev.chasqui.guard.verdict.Verdict;
import java.time.Duration;

/**
 * A verdict on one of the texts of a judging.
 *
 * @param part where the text stands; empty for the conversation itself
 * @param verdict what the guard found, or that it could not
 * @param latency from hand-over to the guard
 */
public record PartVerdict(String part, Verdict verdict, Duration latency) {}
