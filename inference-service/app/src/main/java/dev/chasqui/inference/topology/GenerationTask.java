package dev.chasqui.inference.topology;

import dev.chasqui.engine.api.Engine;
import dev.chasqui.engine.api.EngineCall;
import dev.chasqui.engine.api.FinishReason;
import dev.chasqui.engine.api.GenerationEvent;
import dev.chasqui.engine.api.GenerationRequest;
import dev.chasqui.events.AdmissionEvent;
import dev.chasqui.events.Stop;
import dev.chasqui.events.StopCause;
import dev.chasqui.inference.worker.ServedModel;
import dev.chasqui.inference.worker.WorkerPool;
import dev.chasqui.stream.AsyncTask;
import dev.chasqui.stream.Inlet;
import dev.chasqui.stream.Measured;
import dev.chasqui.stream.Outlet;
import dev.chasqui.stream.TaskPort;
import dev.chasqui.stream.Turnstile;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import org.apache.kafka.streams.processor.api.Record;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers the admitted requests of one partition, from their arrival to their terminal event. */
final class GenerationTask implements AsyncTask<EngineNews> {

  /** Requests that one turn resumes or expires at most: a transaction must stay short. */
  private static final int MOST_OF_A_TURN = 500;

  /** Tokens of one record at most, should the stream thread have been kept from its turns. */
  private static final int LARGEST_CHUNK = 256;

  private static final Logger log = LoggerFactory.getLogger(GenerationTask.class);

  private final TaskPort<EngineNews> port;
  private final WorkerPool pool;
  private final AnswerObserver observer;
  private final Inlet<AdmissionEvent> inlet;
  private final Ledger ledger;
  private final AnswerWriter writer;

  private final Map<String, Answer> answers = new HashMap<>();
  private final Deadlines deadlines = new Deadlines();
  private final Set<Choice> gathering = new LinkedHashSet<>();
  private final Queue<Answer> resumed = new ArrayDeque<>();

  GenerationTask(TaskPort<EngineNews> port, GenerationWiring wiring) {
    this.port = port;
    this.pool = wiring.pool();
    this.observer = wiring.observer();
    this.inlet = GenerationTopology.inlet(port.context(), wiring);
    this.ledger = new Ledger(port, wiring.pacing().limit());
    Outlet<dev.chasqui.events.GenerationEvent> outlet =
        GenerationTopology.outlet(port.context(), wiring);
    this.writer = new AnswerWriter(port, pool, ledger, outlet);
    ledger.forEachRequest(admission -> resumed.add(remember(admission, port.now())));
    if (!resumed.isEmpty()) {
      log.info("task {}: resuming {} requests", port.context().taskId(), resumed.size());
    }
  }

  @Override
  public void onRecord(Record<byte[], byte[]> record) {
    Optional<AdmissionEvent> read = inlet.read(record);
    if (read.isEmpty()) {
      return;
    }
    AdmissionEvent event = read.get();
    if (event.getAdmitted() != null) {
      admit(event);
    } else if (event.getStop() != null) {
      stop(event.getRequestId(), event.getStop());
    } else {
      inlet.putAside(
          record,
          "unexpected-type",
          "type is %s without a body: this version knows ADMITTED and STOP."
              .formatted(event.getType()));
    }
  }

  @Override
  public void onEvent(EngineNews news) {
    Answer answer = news.answer();
    if (answer.hasEnded()) {
      return;
    }
    switch (news) {
      case EngineNews.Turn turn -> start(answer);
      case EngineNews.Said said -> hear(said.choice(), said.event());
    }
  }

  @Override
  public void onTurn(Instant now) {
    List.copyOf(gathering).forEach(this::flush);
    for (int left = MOST_OF_A_TURN; left > 0 && !resumed.isEmpty(); left--) {
      enqueue(resumed.remove());
    }
    expire(now);
  }

  @Override
  public void close() {
    answers.values().forEach(Answer::leave);
  }

  private void admit(AdmissionEvent admission) {
    if (answers.containsKey(admission.getRequestId())) {
      log.warn("request {} is at work already: admitted once only", admission.getRequestId());
      return;
    }
    Answer answer = remember(admission, admission.getTime());
    switch (ledger.put(admission)) {
      case Measured.Fits fits -> enqueue(answer);
      case Measured.TooLarge tooLarge ->
          end(answer, admission, Ending.Failed.tooLarge(tooLarge, "the admitted request"));
    }
  }

  private Answer remember(AdmissionEvent admission, Instant arrival) {
    Answer answer = new Answer(Queued.of(admission, arrival));
    answers.put(answer.requestId(), answer);
    deadlines.watch(answer);
    return answer;
  }

  /** What has ended here may be held back behind the guard yet: that is for others to end. */
  private void stop(String requestId, Stop stop) {
    Answer answer = answers.get(requestId);
    if (answer != null) {
      cutShort(answer, FinishReason.CANCELLED, stop.getReason());
    } else if (stop.getCause() == StopCause.CANCELLED) {
      writer.stopMissed(requestId, stop.getReason());
      port.commits().wroteFinal();
    }
  }

  private void expire(Instant now) {
    Optional<Answer> late = deadlines.expired(now);
    for (int left = MOST_OF_A_TURN; left > 0 && late.isPresent(); left--) {
      cutShort(late.get(), FinishReason.EXPIRED, "");
      late = deadlines.expired(now);
    }
  }

  private void enqueue(Answer answer) {
    if (answer.hasEnded()) {
      return;
    }
    Optional<ServedModel> model = pool.model(answer.request().model());
    if (model.isEmpty()) {
      end(answer, unknownModel(answer));
      return;
    }
    var sender = port.sender();
    Turnstile.Ticket ticket =
        model
            .get()
            .turnstile()
            .enter(answer.request().waiting(), () -> sender.send(new EngineNews.Turn(answer)));
    answer.waitsWith(ticket);
    if (answer.hasTurn()) {
      start(answer);
    }
  }

  private void start(Answer answer) {
    AdmissionEvent admission = ledger.request(answer.requestId());
    List<Ledger.Progress> progress = ledger.progress(answer);
    ServedModel model = pool.model(answer.request().model()).orElseThrow();
    answer.recall(progress);
    answer.handOver(port.now());
    switch (Handover.of(admission, progress, model.description())) {
      case Handover.Refused refused -> end(answer, admission, refused.failed());
      case Handover.Ready ready -> {
        List<EngineCall> calls =
            answer.choices().stream()
                .map(choice -> call(choice, ready.choices().get(choice.number()), model))
                .toList();
        answer.isComputedBy(calls.getFirst());
        port.calls().opened(answer, () -> calls.forEach(EngineCall::cancel));
      }
    }
  }

  private EngineCall call(Choice choice, GenerationRequest request, ServedModel model) {
    var sender = port.sender();
    return model.generate(request, event -> sender.send(new EngineNews.Said(choice, event)));
  }

  private void hear(Choice choice, GenerationEvent event) {
    Answer answer = choice.answer();
    switch (event) {
      case GenerationEvent.Tokens tokens -> gather(choice, tokens);
      case GenerationEvent.Finished finished -> {
        flush(choice);
        choice.end(
            new GenerationEvent.Finished(
                finished.reason(),
                finished.usage(),
                answer.sinceArrival(finished.timings()),
                finished.toolCalls()));
        answer.joinedEnd().ifPresent(ending -> end(answer, ending));
      }
      case GenerationEvent.Failed failed when failed.code().equals(Engine.DEVICE_LOST) ->
          goOnElsewhere(answer);
      case GenerationEvent.Failed failed -> {
        answer.choices().forEach(this::flush);
        end(answer, new Ending.Failed(failed.code(), failed.message()));
      }
    }
  }

  /**
   * A lost device is not the request's fault: what was made known stays, and the rest is computed
   * where there is a device, as after a restart. Without one it waits in the store.
   */
  private void goOnElsewhere(Answer lost) {
    lost.choices().forEach(this::flush);
    if (lost.hasEnded()) {
      return;
    }
    port.calls().cancel(lost);
    deadlines.forget(lost);
    lost.end();
    log.warn(
        "request {}: its device was lost after {} tokens; it goes on elsewhere",
        lost.requestId(),
        lost.knownTokens());
    enqueue(remember(ledger.request(lost.requestId()), lost.request().arrival()));
  }

  private void gather(Choice choice, GenerationEvent.Tokens tokens) {
    if (!choice.gather(tokens)) {
      String message =
          "The engine sent tokens from position %d where %d was due. Report it, with the model."
              .formatted(tokens.sequence(), choice.knownTokens() + choice.gatheredTokens());
      end(choice.answer(), new Ending.Failed("internal-error", message));
    } else if (choice.gatheredTokens() >= LARGEST_CHUNK) {
      flush(choice);
    } else {
      gathering.add(choice);
    }
  }

  private void flush(Choice choice) {
    gathering.remove(choice);
    Answer answer = choice.answer();
    boolean first = !answer.isOpened();
    GenerationEvent.Tokens tokens = choice.takeGathered();
    if (tokens.tokenIds().isEmpty() || answer.hasEnded()) {
      return;
    }
    switch (writer.tokens(choice, tokens)) {
      case Measured.Fits fits -> published(answer, tokens, first);
      case Measured.TooLarge tooLarge ->
          end(answer, Ending.Failed.tooLarge(tooLarge, "a part of the answer"));
    }
  }

  private void published(Answer answer, GenerationEvent.Tokens tokens, boolean first) {
    port.commits().wrote();
    observer.tokens(answer.request().model(), tokens.tokenIds().size());
    if (first) {
      observer.firstToken(answer.request().model(), answer.cutShort(port.now()).total());
    }
  }

  /** Ends an answer without waiting for its engine, which stops within a step. */
  private void cutShort(Answer answer, FinishReason reason, String stopReason) {
    if (answer.isQueued()) {
      answer.recall(ledger.progress(answer));
    }
    end(answer, ChoiceEnds.cutShort(answer, reason, answer.cutShort(port.now()), stopReason));
  }

  private void end(Answer answer, Ending ending) {
    if (!answer.hasEnded()) {
      end(answer, ledger.request(answer.requestId()), ending);
    }
  }

  private void end(Answer answer, AdmissionEvent admission, Ending ending) {
    writer.end(answer, admission, ending);
    port.calls().cancel(answer);
    answer.choices().forEach(gathering::remove);
    deadlines.forget(answer);
    answers.remove(answer.requestId());
    answer.end();
    port.commits().wroteFinal();
    log.info(
        "request {}: {} after {} tokens",
        answer.requestId(),
        ending.outcome(),
        answer.knownTokens());
    observer.ended(answer.request().model(), ending.outcome(), answer.cutShort(port.now()).total());
  }

  private Ending.Failed unknownModel(Answer answer) {
    String served = pool.models().stream().map(ServedModel::name).sorted().toList().toString();
    return new Ending.Failed(
        "unknown-model",
        "model is '%s': pool %s serves %s. Ask for one of these."
            .formatted(answer.request().model(), pool.name(), served));
  }
}
