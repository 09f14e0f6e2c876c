package dev.chasqui.guard.topology.wire;

import dev.chasqui.events.ResponseEvent;
import dev.chasqui.events.ResponseType;
import dev.chasqui.events.TokensReleased;
import dev.chasqui.events.TokensRetracted;
import dev.chasqui.stream.Measured;
import dev.chasqui.stream.Outlet;
import java.time.Instant;
import java.util.Map;
import java.util.function.Supplier;

/** Writes what users read. */
public final class Responses {

  private static final int SHORT = 200;

  private final Outlet<ResponseEvent> outlet;
  private final Supplier<Instant> clock;

  /**
   * Writes to the topic of responses.
   *
   * @param outlet the way there
   * @param clock wall clock
   */
  public Responses(Outlet<ResponseEvent> outlet, Supplier<Instant> clock) {
    this.outlet = outlet;
    this.clock = clock;
  }

  /**
   * Writes tokens that may be seen.
   *
   * @param address whose they are
   * @param tokens the tokens
   * @return whether they could be sent
   */
  public Measured tokens(Address address, TokensReleased tokens) {
    return outlet.forward(
        address.requestId(),
        response(address).setType(ResponseType.TOKENS).setTokens(tokens).build());
  }

  /**
   * Writes that tokens which were seen are taken back. Always fits: it is shorter than they were.
   *
   * @param address whose they are
   * @param retracted which
   */
  public void retracted(Address address, TokensRetracted retracted) {
    outlet.forward(
        address.requestId(),
        response(address).setType(ResponseType.RETRACTED).setRetracted(retracted).build());
  }

  /**
   * Writes the last word on a request. Labels that make it too large to be sent are left out: the
   * request must not stay without an end.
   *
   * @param address whose it is
   * @param end the last word
   */
  public void end(Address address, Final end) {
    ResponseEvent.Builder whole = response(address).setMetadata(address.metadata());
    end.into(whole);
    if (outlet.forward(address.requestId(), whole.build()) instanceof Measured.TooLarge large) {
      ResponseEvent.Builder shortened = response(address).setTenant(shortened(address.tenant()));
      new Final.Failed("request-too-large", large.message("the final response")).into(shortened);
      outlet.forward(address.requestId(), shortened.build());
    }
  }

  private ResponseEvent.Builder response(Address address) {
    return ResponseEvent.newBuilder()
        .setRequestId(address.requestId())
        .setTenant(address.tenant())
        .setTime(clock.get())
        .setMetadata(Map.of())
        .setPolicy(address.policy().orElse(null));
  }

  private static String shortened(String text) {
    return text.length() <= SHORT ? text : text.substring(0, SHORT);
  }
}
