package dev.chasqui.guard.app;

import dev.chasqui.events.PolicyReference;
import dev.chasqui.events.ReviewDecision;
import dev.chasqui.guard.topology.GuardObserver;
import dev.chasqui.guard.topology.wire.Final;
import dev.chasqui.guard.topology.wire.Verdicts;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs what becomes of requests, one line a change, never their text; then tells the next observer.
 *
 * @param next who watches too
 */
record RequestLog(GuardObserver next) implements GuardObserver {

  private static final Logger log = LoggerFactory.getLogger(RequestLog.class);

  @Override
  public void judged(Judged judged, Verdicts.Finding finding) {
    next.judged(judged, finding);
  }

  @Override
  public void retracted(PolicyReference policy, Final end) {
    next.retracted(policy, end);
  }

  @Override
  public void audited(PolicyReference policy, String outcome) {
    next.audited(policy, outcome);
  }

  @Override
  public void admitted(String requestId, String pool) {
    log.debug("{}: admitted to pool {}", requestId, pool);
    next.admitted(requestId, pool);
  }

  @Override
  public void ended(String requestId, Final end) {
    log.debug("{}: {}", requestId, Meters.outcome(end));
    next.ended(requestId, end);
  }

  @Override
  public void repeated(String requestId) {
    log.info("{}: came again and is not answered again", requestId);
    next.repeated(requestId);
  }

  @Override
  public void reviewRequested(String requestId) {
    log.info("{}: waits for a person's decision", requestId);
    next.reviewRequested(requestId);
  }

  @Override
  public void reviewEnded(String requestId, ReviewDecision decision) {
    log.info("{}: review ended by {}", requestId, decision);
    next.reviewEnded(requestId, decision);
  }

  @Override
  public void putAside(String code) {
    log.warn("a record went to the dead letters: {}", code);
    next.putAside(code);
  }

  @Override
  public void policyRefused(String code) {
    next.policyRefused(code);
  }
}
