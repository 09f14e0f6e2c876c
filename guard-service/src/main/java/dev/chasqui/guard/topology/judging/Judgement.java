package dev.chasqui.guard.topology.judging;

import dev.chasqui.guard.verdict.Verdict;
import java.time.Duration;

/**
 * A verdict and whose it is.
 *
 * @param requestId the request
 * @param verdict what the guard found, or that it could not
 * @param latency from hand-over to the guard
 */
public record Judgement(String requestId, Verdict verdict, Duration latency) {}
