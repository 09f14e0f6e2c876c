package dev.chasqui.guard.topology.input;

import dev.chasqui.events.Admitted;
import dev.chasqui.events.CancellationRequested;
import dev.chasqui.events.PromptSubmitted;
import dev.chasqui.events.Stop;
import dev.chasqui.events.StopCause;
import dev.chasqui.guard.policy.Policy;
import dev.chasqui.guard.topology.input.Screening.Outcome;
import dev.chasqui.guard.topology.judging.Judgement;
import dev.chasqui.guard.topology.judging.Judgings;
import dev.chasqui.guard.topology.judging.Signal;
import dev.chasqui.guard.topology.state.PromptPhase;
import dev.chasqui.guard.topology.state.SeenPrompt;
import dev.chasqui.guard.topology.wire.Address;
import dev.chasqui.guard.topology.wire.Blocking;
import dev.chasqui.guard.topology.wire.Final;
import dev.chasqui.guard.topology.wire.PolicyReferences;
import dev.chasqui.stream.AsyncTask;
import dev.chasqui.stream.Measured;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.Record;

/** One incarnation of an input task: what becomes of each prompt and each cancellation. */
final class InputTask implements AsyncTask<Signal> {

  private static final int LONGEST_ID = 256;
  private static final int LONGEST_REASON = 500;
  private static final int SWEPT_AT_ONCE = 100;
  private static final Duration SWEEP_INTERVAL = Duration.ofSeconds(1);

  private final InputPorts ports;
  private final PendingPrompts pending;
  private final Judgings judgings;
  private Instant nextSweep = Instant.MIN;

  InputTask(InputPorts ports, PendingPrompts pending, Judgings judgings) {
    this.ports = ports;
    this.pending = pending;
    this.judgings = judgings;
    pending.resume((id, waiting) -> judgings.submit(id, waiting));
  }

  @Override
  public void onRecord(Record<byte[], byte[]> record) {
    if (ports.isCancellation()) {
      ports.read(ports.cancellations(), record).ifPresent(event -> cancellation(record, event));
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
    if (!now.isBefore(nextSweep)) {
      nextSweep = now.plus(SWEEP_INTERVAL);
      ports.seen().sweep(now, SWEPT_AT_ONCE);
      ports.earlyCancels().sweep(now, SWEPT_AT_ONCE);
    }
    judgings.enterLine();
  }

  private void prompt(Record<byte[], byte[]> record, PromptSubmitted prompt) {
    Optional<String> problem = keyProblem(record, prompt.getRequestId());
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
        ports.end(address(judged), tooLarge(large));
      }
      case Measured.Fits _ -> {
        ports.seen().arrived(prompt.getRequestId(), hash, PromptPhase.PENDING, ports.now());
        judgings.submit(prompt.getRequestId(), pending.waiting(judged, ports.now()));
      }
    }
  }

  private void cancellation(Record<byte[], byte[]> record, CancellationRequested event) {
    String id = event.getRequestId();
    Optional<String> problem = keyProblem(record, id);
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
      case PENDING -> end(id, new Final.Cancelled(reason));
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
    Optional<Policy> policy = ports.policy(prompt);
    boolean passes = policy.map(known -> known.admits(judgement.verdict())).orElse(false);
    ports.judged(address(prompt), judgement, passes);
    if (passes) {
      admit(prompt);
    } else {
      end(judgement.requestId(), Blocking.ofPrompt(judgement.verdict(), prompt.getPolicy()));
    }
  }

  private void admit(Admitted prompt) {
    String id = prompt.getPrompt().getRequestId();
    Optional<String> pool = ports.poolOf(prompt);
    if (pool.isEmpty()) {
      end(id, noPool(prompt));
    } else if (ports.admissions().admit(pool.get(), prompt) instanceof Measured.TooLarge large) {
      end(id, tooLarge(large));
    } else {
      pending.delete(id);
      ports.seen().admitted(id, pool.get());
      ports.observer().admitted(id, pool.get());
      ports.wroteFinal();
    }
  }

  private void expire(String requestId) {
    pending
        .find(requestId)
        .flatMap(prompt -> expiry(prompt.getPrompt()))
        .ifPresent(expired -> end(requestId, expired));
  }

  /** Ends a pending prompt here. */
  private void end(String requestId, Final end) {
    judgings.withdraw(requestId);
    Admitted prompt = pending.find(requestId).orElseThrow();
    pending.delete(requestId);
    ports.seen().ended(requestId);
    ports.end(address(prompt), end);
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

  private static Final tooLarge(Measured.TooLarge large) {
    return new Final.Rejected(
        "request-too-large", large.message("the prompt"), Optional.empty(), List.of());
  }

  private static Final noPool(Admitted prompt) {
    return Final.Rejected.field(
        "unknown-model",
        "model",
        "model is \"%s\": its pool was taken out of service while the prompt was judged. Submit it again later."
            .formatted(prompt.getPrompt().getModel()));
  }

  private static Address address(Admitted prompt) {
    return Address.of(prompt.getPrompt(), Optional.of(prompt.getPolicy()));
  }

  private static Optional<String> keyProblem(Record<byte[], byte[]> record, String requestId) {
    if (requestId.isBlank() || requestId.length() > LONGEST_ID) {
      return Optional.of(
          "requestId is \"%s\" of %d characters: it must have 1 to %d. Give each prompt an id of its own."
              .formatted(PromptRules.shortened(requestId), requestId.length(), LONGEST_ID));
    }
    String key = record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8);
    return key.equals(requestId)
        ? Optional.empty()
        : Optional.of(
            "the record's key is \"%s\" and its requestId \"%s\": both must be the same, in UTF-8. Key the record by its requestId."
                .formatted(PromptRules.shortened(key), requestId));
  }
}
