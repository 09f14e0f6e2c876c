package dev.chasqui.guard.topology.input;

import dev.chasqui.events.Admitted;
import dev.chasqui.events.CancellationRequested;
import dev.chasqui.events.PromptSubmitted;
import dev.chasqui.events.Stop;
import dev.chasqui.events.StopCause;
import dev.chasqui.guard.topology.input.Screening.Outcome;
import dev.chasqui.guard.topology.judging.Judgement;
import dev.chasqui.guard.topology.judging.Judgings;
import dev.chasqui.guard.topology.judging.Signal;
import dev.chasqui.guard.topology.review.RequestKey;
import dev.chasqui.guard.topology.state.PromptPhase;
import dev.chasqui.guard.topology.state.SeenPrompt;
import dev.chasqui.guard.topology.wire.Address;
import dev.chasqui.guard.topology.wire.Final;
import dev.chasqui.guard.topology.wire.PolicyReferences;
import dev.chasqui.stream.AsyncTask;
import dev.chasqui.stream.Measured;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.Record;

/** One incarnation of an input task: what becomes of each prompt, cancellation and decision. */
final class InputTask implements AsyncTask<Signal> {

  private static final int LONGEST_REASON = 500;
  private static final int SWEPT_AT_ONCE = 100;
  private static final Duration SWEEP_INTERVAL = Duration.ofSeconds(1);

  private final InputPorts ports;
  private final PendingPrompts pending;
  private final Judgings judgings;
  private final Departures departures;
  private final PromptReviews reviews;
  private Instant nextSweep = Instant.MIN;

  InputTask(InputPorts ports, PendingPrompts pending, Judgings judgings) {
    this.ports = ports;
    this.pending = pending;
    this.judgings = judgings;
    this.departures = new Departures(ports, pending, judgings);
    this.reviews = new PromptReviews(ports, pending, departures, this::submit);
    pending.resume((id, waiting) -> {
      if (!reviews.resume(id)) {
        judgings.submit(id, waiting);
      }
    });
  }

  @Override
  public void onRecord(Record<byte[], byte[]> record) {
    String topic = ports.topic();
    if (topic.equals(ports.setup().topics().cancellations())) {
      ports.read(ports.cancellations(), record).ifPresent(event -> cancellation(record, event));
    } else if (topic.equals(ports.setup().topics().reviewDecisions())) {
      ports.read(ports.decisions(), record).ifPresent(event -> reviews.onDecision(record, event));
    } else {
      ports.read(ports.prompts(), record).ifPresent(prompt -> prompt(record, prompt));
    }
    judgings.enterLine();
  }

  @Override
  public void onEvent(Signal signal) {
    judgings.onSignal(signal).ifPresent(this::judged);
  }

  @Override
  public void onTurn(Instant now) {
    judgings.overdue(now).forEach(this::judged);
    pending.expired(now).forEach(this::expire);
    reviews.onTurn(now);
    if (!now.isBefore(nextSweep)) {
      nextSweep = now.plus(SWEEP_INTERVAL);
      ports.seen().sweep(now, SWEPT_AT_ONCE);
      ports.earlyCancels().sweep(now, SWEPT_AT_ONCE);
    }
    judgings.enterLine();
  }

  private void prompt(Record<byte[], byte[]> record, PromptSubmitted prompt) {
    Optional<String> problem = RequestKey.problem(record, prompt.getRequestId());
    if (problem.isPresent()) {
      ports.putAside(ports.prompts(), record, "invalid-request-id", problem.get());
      return;
    }
    ByteBuffer hash = ContentHash.of(prompt);
    Optional<SeenPrompt> before = ports.seen().find(prompt.getRequestId());
    if (before.isEmpty()) {
      arrived(prompt, hash);
    } else if (before.get().getContentHash().equals(hash)) {
      repeated(prompt, before.get());
    } else {
      ports.putAside(
          ports.prompts(),
          record,
          "request-id-in-use",
          "requestId \"%s\" came with other content at %s: an id names one prompt for %s. Use a new id."
              .formatted(
                  prompt.getRequestId(), before.get().getArrival(), ports.retention().seen()));
    }
  }

  private void repeated(PromptSubmitted prompt, SeenPrompt before) {
    ports.observer().repeated(prompt.getRequestId());
    ports
        .verdicts()
        .duplicate(
            Address.of(prompt, Optional.empty()),
            "the same prompt arrived at %s and is %s; it is answered once"
                .formatted(before.getArrival(), before.getPhase()));
  }

  private void arrived(PromptSubmitted prompt, ByteBuffer hash) {
    String id = prompt.getRequestId();
    Optional<Final> end =
        ports
            .earlyCancels()
            .take(id)
            .<Final>map(cancel -> new Final.Cancelled(cancel.getReason()))
            .or(() -> expiry(prompt));
    if (end.isPresent()) {
      ports.seen().arrived(id, hash, PromptPhase.FINAL, ports.now());
      ports.end(Address.of(prompt, Optional.empty()), end.get());
      return;
    }
    switch (ports.screening().screen(prompt)) {
      case Outcome.Refused(Final.Rejected rejection) -> {
        ports.seen().arrived(id, hash, PromptPhase.FINAL, ports.now());
        ports.end(Address.of(prompt, Optional.empty()), rejection);
      }
      case Outcome.Passed passed -> pend(prompt, hash, passed);
    }
  }

  private void pend(PromptSubmitted prompt, ByteBuffer hash, Outcome.Passed passed) {
    Admitted judged =
        new Admitted(
            prompt, PolicyReferences.of(passed.policy().key()), PolicyReferences.of(passed.mode()));
    switch (pending.put(judged)) {
      case Measured.TooLarge large -> {
        ports.seen().arrived(prompt.getRequestId(), hash, PromptPhase.FINAL, ports.now());
        ports.end(Departures.address(judged), Departures.tooLarge(large));
      }
      case Measured.Fits _ -> {
        ports.seen().arrived(prompt.getRequestId(), hash, PromptPhase.PENDING, ports.now());
        submit(judged);
      }
    }
  }

  private void submit(Admitted prompt) {
    judgings.submit(prompt.getPrompt().getRequestId(), pending.waiting(prompt, ports.now()));
  }

  private void cancellation(Record<byte[], byte[]> record, CancellationRequested event) {
    String id = event.getRequestId();
    Optional<String> problem = RequestKey.problem(record, id);
    if (problem.isPresent()) {
      ports.putAside(ports.cancellations(), record, "invalid-request-id", problem.get());
      return;
    }
    String reason = shortened(event.getReason());
    Optional<SeenPrompt> seen = ports.seen().find(id);
    if (seen.isEmpty()) {
      ports.earlyCancels().keep(new CancellationRequested(id, reason, ports.now()), ports.now());
      return;
    }
    switch (seen.get().getPhase()) {
      case PENDING, PARKED -> {
        reviews.withdraw(id, "the request was cancelled: " + reason);
        departures.end(pending.find(id).orElseThrow(), new Final.Cancelled(reason));
      }
      case ADMITTED -> stop(id, seen.get().getPool(), reason);
      case FINAL, UNKNOWN -> {
        // There is nothing left to cancel.
      }
    }
  }

  private void stop(String id, String pool, String reason) {
    ports.admissions().stop(pool, id, new Stop(StopCause.CANCELLED, reason));
    ports.wroteFinal();
  }

  private void judged(Judgement judgement) {
    pending.find(judgement.requestId()).ifPresent(prompt -> judged(prompt, judgement));
  }

  private void judged(Admitted prompt, Judgement judgement) {
    PromptEffect effect = PromptEffect.of(ports.policy(prompt), judgement, prompt.getPolicy());
    boolean passes = effect instanceof PromptEffect.Passes;
    ports.judged(Departures.address(prompt), judgement, passes);
    switch (effect) {
      case PromptEffect.Passes _ -> departures.admit(prompt);
      case PromptEffect.Waits waits -> reviews.park(prompt, waits);
      case PromptEffect.Stops(Final.Rejected why) -> departures.end(prompt, why);
    }
  }

  private void expire(String requestId) {
    Optional<Admitted> late =
        pending.find(requestId).filter(prompt -> expiry(prompt.getPrompt()).isPresent());
    late.ifPresent(prompt -> {
      reviews.withdraw(requestId, "the deadline of the request passed");
      departures.end(prompt, expiry(prompt.getPrompt()).orElseThrow());
    });
  }

  private Optional<Final> expiry(PromptSubmitted prompt) {
    Instant deadline = prompt.getDeadline();
    return deadline != null && !ports.now().isBefore(deadline)
        ? Optional.of(new Final.Expired(deadline))
        : Optional.empty();
  }

  /** A stop must not be lost because its reason makes it too large to be sent. */
  private static String shortened(String reason) {
    return reason.length() <= LONGEST_REASON ? reason : reason.substring(0, LONGEST_REASON);
  }
}
