package dev.chasqui.guard.topology.input;

import dev.chasqui.events.Admitted;
import dev.chasqui.events.CancellationRequested;
import dev.chasqui.events.PromptSubmitted;
import dev.chasqui.events.ReviewEvent;
import dev.chasqui.guard.policy.Policy;
import dev.chasqui.guard.topology.GuardObserver;
import dev.chasqui.guard.topology.GuardSetup;
import dev.chasqui.guard.topology.judging.Judgement;
import dev.chasqui.guard.topology.judging.JudgingCase;
import dev.chasqui.guard.topology.judging.PartVerdict;
import dev.chasqui.guard.topology.judging.Signal;
import dev.chasqui.guard.topology.wire.Address;
import dev.chasqui.guard.topology.wire.Admissions;
import dev.chasqui.guard.topology.wire.Final;
import dev.chasqui.guard.topology.wire.PolicyReferences;
import dev.chasqui.guard.topology.wire.Responses;
import dev.chasqui.guard.topology.wire.ReviewEvents;
import dev.chasqui.guard.topology.wire.Verdicts;
import dev.chasqui.stream.Inlet;
import dev.chasqui.stream.TaskPort;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/**
 * What an input task reads from, writes to and remembers in. Belongs to the stream thread.
 *
 * @param port the incarnation
 * @param setup topics, pools, policies
 * @param inlets the ways in
 * @param outlets the ways out
 * @param memory the stores of ids
 */
record InputPorts(
    TaskPort<Signal> port, GuardSetup setup, Inlets inlets, Outlets outlets, Memory memory) {

  /**
   * The ways in.
   *
   * @param prompts prompts
   * @param cancellations cancellations
   * @param decisions what reviewers decided
   * @param mostApart how many untrusted texts a prompt may bring along
   */
  record Inlets(
      Inlet<PromptSubmitted> prompts,
      Inlet<CancellationRequested> cancellations,
      Inlet<ReviewEvent> decisions,
      int mostApart) {}

  /**
   * The ways out.
   *
   * @param responses finals of what is not admitted
   * @param verdicts verdicts on prompts
   * @param reviews what reviewers are asked, and what they decided
   * @param admissions starts and stops
   * @param observer who watches
   */
  record Outlets(
      Responses responses,
      Verdicts verdicts,
      ReviewEvents reviews,
      Admissions admissions,
      GuardObserver observer) {}

  /**
   * The stores of ids.
   *
   * @param seen ids that came
   * @param earlyCancels cancellations ahead of their prompt
   * @param retention how long both are kept
   */
  record Memory(SeenPrompts seen, EarlyCancels earlyCancels, Retention retention) {}

  Instant now() {
    return port.now();
  }

  /** Returns the name of the topic whose record is being processed. */
  String topic() {
    return port.context().recordMetadata().map(RecordMetadata::topic).orElse("");
  }

  /** Reads a record; one that is unreadable is put aside. */
  <T> Optional<T> read(Inlet<T> inlet, Record<byte[], byte[]> record) {
    Optional<T> event = inlet.read(record);
    if (event.isEmpty()) {
      observer().putAside("unreadable");
    }
    return event;
  }

  Inlet<PromptSubmitted> prompts() {
    return inlets.prompts();
  }

  Inlet<CancellationRequested> cancellations() {
    return inlets.cancellations();
  }

  Inlet<ReviewEvent> decisions() {
    return inlets.decisions();
  }

  void putAside(Inlet<?> inlet, Record<byte[], byte[]> record, String code, String message) {
    inlet.putAside(record, code, message);
    observer().putAside(code);
  }

  SeenPrompts seen() {
    return memory.seen();
  }

  EarlyCancels earlyCancels() {
    return memory.earlyCancels();
  }

  Retention retention() {
    return memory.retention();
  }

  Verdicts verdicts() {
    return outlets.verdicts();
  }

  ReviewEvents reviews() {
    return outlets.reviews();
  }

  Admissions admissions() {
    return outlets.admissions();
  }

  GuardObserver observer() {
    return outlets.observer();
  }

  Screening screening() {
    return new Screening(setup.pools(), setup.policies().get(), inlets.mostApart());
  }

  Optional<Policy> policy(Admitted prompt) {
    return setup.policies().get().find(PolicyReferences.key(prompt.getPolicy()));
  }

  /** Returns who watches while a policy judges a prompt. */
  JudgingCase.Shadows shadows(Admitted prompt, Policy policy) {
    Address address = Address.of(prompt.getPrompt(), Optional.empty());
    return new JudgingCase.Shadows(
        setup.policies().get().shadows(policy),
        (shadow, verdict, latency) -> {
          verdicts()
              .shadow(
                  address.under(PolicyReferences.of(shadow.key())),
                  new Verdicts.Finding(verdict, shadow.admits(verdict), latency),
                  Optional.empty());
          port.commits().wrote();
        });
  }

  Optional<String> poolOf(Admitted prompt) {
    return setup.pools().poolOf(prompt.getPrompt().getModel());
  }

  /** Tells all verdicts of a judgement; the prompt goes on as a whole or not at all. */
  void judged(Address address, Judgement judgement, boolean passes) {
    for (PartVerdict part : judgement.all()) {
      Verdicts.Finding finding = new Verdicts.Finding(part.verdict(), passes, part.latency());
      verdicts().prompt(address, finding, part.part());
      observer().judged(GuardObserver.Judged.PROMPT, finding);
    }
  }

  void end(Address address, Final end) {
    outlets.responses().end(address, end);
    observer().ended(address.requestId(), end);
    wroteFinal();
  }

  /** Asks for a commit soon: somebody waits for what was written. */
  void wroteFinal() {
    port.commits().wroteFinal();
  }
}
