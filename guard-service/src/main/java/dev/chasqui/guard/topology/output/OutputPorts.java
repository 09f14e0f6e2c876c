package dev.chasqui.guard.topology.output;

import dev.chasqui.events.GenerationEvent;
import dev.chasqui.events.ReviewEvent;
import dev.chasqui.events.VerdictWindow;
import dev.chasqui.guard.policy.Policies;
import dev.chasqui.guard.policy.Policy;
import dev.chasqui.guard.topology.GuardObserver;
import dev.chasqui.guard.topology.judging.JudgingCase;
import dev.chasqui.guard.topology.judging.Signal;
import dev.chasqui.guard.topology.review.Problem;
import dev.chasqui.guard.topology.wire.Address;
import dev.chasqui.guard.topology.wire.Admissions;
import dev.chasqui.guard.topology.wire.CodeFindings;
import dev.chasqui.guard.topology.wire.Final;
import dev.chasqui.guard.topology.wire.PolicyReferences;
import dev.chasqui.guard.topology.wire.Responses;
import dev.chasqui.guard.topology.wire.ReviewEvents;
import dev.chasqui.guard.topology.wire.Verdicts;
import dev.chasqui.schemas.serde.DecodeOutcome;
import dev.chasqui.schemas.serde.RecordDecoder;
import dev.chasqui.stream.Inlet;
import dev.chasqui.stream.TaskPort;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/**
 * What an output task reads from and writes to. Belongs to the stream thread.
 *
 * @param port the incarnation
 * @param policies gives all policy versions that are known at the moment
 * @param inlets the ways in
 * @param outlets the ways out
 * @param tailTokens how much of an answer the guard goes on with when it outgrows its context
 */
record OutputPorts(
    TaskPort<Signal> port,
    Supplier<Policies> policies,
    Inlets inlets,
    Outlets outlets,
    int tailTokens) {

  /**
   * The ways in.
   *
   * @param generations generation events
   * @param decisions what reviewers decided, on answers and on prompts
   * @param reader reads those
   * @param decisionsTopic where they come from
   * @param taken those on answers that were acted on
   */
  record Inlets(
      Inlet<GenerationEvent> generations,
      Inlet<ReviewEvent> decisions,
      RecordDecoder<ReviewEvent> reader,
      String decisionsTopic,
      TakenReviews taken) {}

  /**
   * The ways out.
   *
   * @param responses tokens and finals
   * @param verdicts verdicts on answers
   * @param reviews what reviewers are asked, and what they decided
   * @param admissions stops
   * @param observer who watches
   */
  record Outlets(
      Responses responses,
      Verdicts verdicts,
      ReviewEvents reviews,
      Admissions admissions,
      GuardObserver observer) {}

  Instant now() {
    return port.now();
  }

  Inlet<GenerationEvent> generations() {
    return inlets.generations();
  }

  /** Returns whether the record that is being processed is a decision. */
  boolean isDecision() {
    String topic = port.context().recordMetadata().map(RecordMetadata::topic).orElse("");
    return topic.equals(inlets.decisionsTopic());
  }

  /**
   * Reads a decision; one that is unreadable is left to the input topology, which puts it aside.
   */
  Optional<ReviewEvent> decision(Record<byte[], byte[]> record) {
    return switch (inlets
        .reader()
        .decode(inlets.decisionsTopic(), record.headers(), record.value())) {
      case DecodeOutcome.Readable<ReviewEvent>(ReviewEvent event) -> Optional.of(event);
      case DecodeOutcome.Malformed<ReviewEvent> _ -> Optional.empty();
    };
  }

  void putAsideDecision(Record<byte[], byte[]> record, Problem problem) {
    inlets.decisions().putAside(record, problem.code(), problem.message());
    observer().putAside(problem.code());
  }

  TakenReviews taken() {
    return inlets.taken();
  }

  ReviewEvents reviews() {
    return outlets.reviews();
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

  /** Returns who watches while a policy judges an answer, as far as the guard reads it now. */
  JudgingCase.Shadows shadows(Answer answer, Policy policy) {
    Address address = answer.start().address();
    Choice choice = answer.judging();
    VerdictWindow window =
        new VerdictWindow(choice.number(), choice.judgedTo(), choice.judgingTo());
    return new JudgingCase.Shadows(
        policies.get().shadows(policy),
        (shadow, verdict, latency) -> {
          outlets
              .verdicts()
              .shadow(
                  address.under(PolicyReferences.of(shadow.key())),
                  new Verdicts.Finding(verdict, shadow.admits(verdict), latency),
                  Optional.of(window));
          wrote();
        });
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
