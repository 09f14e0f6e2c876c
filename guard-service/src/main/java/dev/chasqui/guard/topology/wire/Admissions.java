package dev.chasqui.guard.topology.wire;

import dev.chasqui.events.AdmissionEvent;
import dev.chasqui.events.AdmissionType;
import dev.chasqui.events.Admitted;
import dev.chasqui.events.Stop;
import dev.chasqui.stream.Measured;
import dev.chasqui.stream.Outlet;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Writes what starts and stops the workers of the pools. */
public final class Admissions {

  private final Map<String, Outlet<AdmissionEvent>> outlets;
  private final Supplier<Instant> clock;

  /**
   * Writes to the admitted topics.
   *
   * @param outlets pool to the way there
   * @param clock wall clock
   */
  public Admissions(Map<String, Outlet<AdmissionEvent>> outlets, Supplier<Instant> clock) {
    this.outlets = Map.copyOf(outlets);
    this.clock = clock;
  }

  /**
   * Admits a prompt.
   *
   * @param pool a configured pool
   * @param admitted the prompt and its policy
   * @return whether it could be sent
   */
  public Measured admit(String pool, Admitted admitted) {
    String requestId = admitted.getPrompt().getRequestId();
    Outlet<AdmissionEvent> outlet = Optional.ofNullable(outlets.get(pool)).orElseThrow();
    return outlet.forward(
        requestId,
        new AdmissionEvent(requestId, AdmissionType.ADMITTED, clock.get(), admitted, null));
  }

  /**
   * Stops a request that was admitted.
   *
   * @param pool where it went
   * @param requestId the request
   * @param stop who stops it and why
   * @return false where the pool is no longer configured, so that nobody can be told
   */
  public boolean stop(String pool, String requestId, Stop stop) {
    Optional<Outlet<AdmissionEvent>> outlet = Optional.ofNullable(outlets.get(pool));
    AdmissionEvent event =
        new AdmissionEvent(requestId, AdmissionType.STOP, clock.get(), null, stop);
    return outlet.map(way -> way.forward(requestId, event)).isPresent();
  }
}
