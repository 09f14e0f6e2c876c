package dev.chasqui.guard.topology.output;

import dev.chasqui.events.GenerationEvent;
import dev.chasqui.events.GenerationFinished;
import dev.chasqui.events.GenerationStarted;
import dev.chasqui.events.Stop;
import dev.chasqui.events.StopCause;
import dev.chasqui.events.StopMissed;
import dev.chasqui.events.TokensGenerated;
import dev.chasqui.guard.topology.judging.Judgings;
import dev.chasqui.guard.topology.judging.Signal;
import dev.chasqui.guard.topology.wire.Address;
import dev.chasqui.guard.topology.wire.Final;
import dev.chasqui.stream.AsyncTask;
import dev.chasqui.stream.Measured;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.Record;

/** One incarnation of an output task: takes generation events, and lets the release go on. */
final class OutputTask implements AsyncTask<Signal> {

  private final OutputPorts ports;
  private final AnswerLedger ledger;
  private final Judgings judgings;
  private final AnswerRelease release;
  private boolean resumed;

  OutputTask(OutputPorts ports, AnswerLedger ledger, Judgings judgings, CodeWatch code) {
    this.ports = ports;
    this.ledger = ledger;
    this.judgings = judgings;
    this.release = new AnswerRelease(ports, ledger, judgings, code);
    ledger.resume(ports.policies());
  }

  @Override
  public void onRecord(Record<byte[], byte[]> record) {
    if (ports.isDecision()) {
      takeUp(); // a decision may be the first thing that comes
      release.reviews().onDecision(record);
    } else {
      ports
          .generations()
          .read(record)
          .ifPresentOrElse(
              event -> event(record, event), () -> ports.observer().putAside("unreadable"));
    }
    judgings.enterLine();
  }

  @Override
  public void onEvent(Signal signal) {
    judgings.onSignal(signal).ifPresent(release::judged);
  }

  @Override
  public void onTurn(Instant now) {
    takeUp();
    judgings.overdue(now).forEach(release::judged);
    release.reviews().onTurn(now);
    judgings.enterLine();
  }

  private void takeUp() {
    if (!resumed) {
      resumed = true;
      release.resume();
    }
  }

  private void event(Record<byte[], byte[]> record, GenerationEvent event) {
    String id = event.getRequestId();
    Optional<Answer> answer = ledger.find(id);
    Optional<String> problem = problem(record, event, answer.isPresent());
    if (problem.isPresent()) {
      ports.generations().putAside(record, "unexpected-event", problem.get());
      ports.observer().putAside("unexpected-event");
      return;
    }
    switch (event.getType()) {
      case STARTED -> started(id, event.getStarted(), answer.isPresent());
      case TOKENS -> tokens(answer.orElseThrow(), event.getTokens());
      case FINISHED -> finished(answer.orElseThrow(), event);
      case FAILED -> failed(answer.orElseThrow(), event);
      case STOP_MISSED -> answer.ifPresent(held -> release.cancelled(held, event.getStopMissed()));
      case UNKNOWN -> throw new IllegalStateException("an unknown event is a problem");
    }
  }

  private void started(String id, GenerationStarted started, boolean isKnown) {
    if (!isKnown && ledger.open(id, started, ports.policies()) instanceof Measured.TooLarge large) {
      String reason = large.message("the conversation");
      ports
          .admissions()
          .stop(started.getPool(), id, new Stop(StopCause.CANCELLED, "request-too-large"));
      ports.end(Address.of(id, started), new Final.Failed("request-too-large", reason));
    }
  }

  private void tokens(Answer answer, TokensGenerated chunk) {
    if (!answer.isOpen()) {
      return;
    }
    List<Choice> choices = answer.choices();
    int number = chunk.getChoice();
    if (number < 0
        || number >= choices.size()
        || chunk.getSequence() != choices.get(number).received()) {
      release.fail(answer, "sequence-broken", broken(chunk, choices));
    } else {
      release.received(answer, choices.get(number), chunk);
    }
  }

  private static String broken(TokensGenerated chunk, List<Choice> choices) {
    return "the generator sent tokens of choice %d from position %d, expected were the positions %s of the choices from 0 on. Submit the prompt again."
        .formatted(
            chunk.getChoice(),
            chunk.getSequence(),
            choices.stream().map(Choice::received).toList());
  }

  private void finished(Answer answer, GenerationEvent end) {
    if (!answer.isOpen()) {
      ledger.forget(answer.requestId());
    } else if (ledger.ended(answer, end) instanceof Measured.TooLarge large) {
      release.fail(answer, "request-too-large", large.message("the end of the answer"));
    } else {
      release.advance(answer);
    }
  }

  /** What was shown for good is judged all the same. */
  private void failed(Answer answer, GenerationEvent end) {
    boolean isShown = answer.isOpen() && !answer.start().heedsVerdicts();
    if (answer.isOpen() && !isShown) {
      answer.ended();
      release.fail(answer, end.getFailed().getCode(), end.getFailed().getMessage());
    } else {
      finished(answer, end);
    }
  }

  private static Optional<String> problem(
      Record<byte[], byte[]> record, GenerationEvent event, boolean isKnown) {
    String id = event.getRequestId();
    String key = record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8);
    if (!key.equals(id)) {
      return Optional.of("the record's key is \"%s\", its requestId \"%s\"".formatted(key, id));
    }
    Optional<Object> body = body(event);
    if (body.isEmpty()) {
      return Optional.of("the event is of type %s without its body".formatted(event.getType()));
    }
    boolean needsNone = body.get() instanceof GenerationStarted || body.get() instanceof StopMissed;
    return needsNone || isKnown
        ? Optional.empty()
        : Optional.of(
            "%s of \"%s\" came, but no such answer is open here: it never started or has ended"
                .formatted(event.getType(), id));
  }

  private static Optional<Object> body(GenerationEvent event) {
    Object body =
        switch (event.getType()) {
          case STARTED -> event.getStarted();
          case TOKENS -> event.getTokens();
          case FINISHED -> event.getFinished();
          case FAILED -> event.getFailed();
          case STOP_MISSED -> event.getStopMissed();
          case UNKNOWN -> null;
        };
    return Optional.ofNullable(body);
  }

  /** How a generation's end reads as the last word on the request. */
  static Final end(GenerationEvent event, Instant deadline) {
    if (event.getFailed() != null) {
      return new Final.Failed(event.getFailed().getCode(), event.getFailed().getMessage());
    }
    GenerationFinished finished = event.getFinished();
    return switch (finished.getReason()) {
      case CANCELLED -> new Final.Cancelled(finished.getStopReason());
      case EXPIRED -> new Final.Expired(deadline);
      case STOP, LENGTH, UNKNOWN -> new Final.Finished(finished);
    };
  }
}
