package dev.chasqui.guard.topology.output;

import dev.chasqui.events.GenerationEvent;
import dev.chasqui.events.VerdictWindow;
import dev.chasqui.guard.policy.Policies;
import dev.chasqui.guard.topology.GuardObserver;
import dev.chasqui.guard.topology.judging.Signal;
import dev.chasqui.guard.topology.wire.Address;
import dev.chasqui.guard.topology.wire.Admissions;
import dev.chasqui.guard.topology.wire.CodeFindings;
import dev.chasqui.guard.topology.wire.Final;
import dev.chasqui.guard.topology.wire.Responses;
import dev.chasqui.guard.topology.wire.Verdicts;
import dev.chasqui.stream.Inlet;
import dev.chasqui.stream.TaskPort;
import java.time.Instant;

/**
 * What an output task reads from and writes to. Belongs to the stream thread.
 *
 * @param port the incarnation
 * @param policies all policy versions
 * @param generations the way in
 * @param outlets the ways out
 * @param tailTokens how much of an answer the guard goes on with when it outgrows its context
 */
record OutputPorts(
    TaskPort<Signal> port,
    Policies policies,
    Inlet<GenerationEvent> generations,
    Outlets outlets,
    int tailTokens) {

  /**
   * The ways out.
   *
   * @param responses tokens and finals
   * @param verdicts verdicts on answers
   * @param admissions stops
   * @param observer who watches
   */
  record Outlets(
      Responses responses, Verdicts verdicts, Admissions admissions, GuardObserver observer) {}

  Instant now() {
    return port.now();
  }

  Responses responses() {
    return outlets.responses();
  }

  Admissions admissions() {
    return outlets.admissions();
  }

  GuardObserver observer() {
    return outlets.observer();
  }

  void judged(Address address, Verdicts.Finding finding, VerdictWindow window, CodeFindings code) {
    outlets.verdicts().answer(address, finding, window, code);
    observer().judged(GuardObserver.Judged.RESPONSE, finding);
    wrote();
  }

  void code(Address address, VerdictWindow window, CodeFindings code, boolean admitted) {
    outlets.verdicts().code(address, window, code, admitted);
    wrote();
  }

  void end(Address address, Final end) {
    responses().end(address, end);
    observer().ended(address.requestId(), end);
    port.commits().wroteFinal();
  }

  void wrote() {
    port.commits().wrote();
  }
}
