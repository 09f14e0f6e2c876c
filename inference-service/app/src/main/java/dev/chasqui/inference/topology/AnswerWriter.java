package dev.chasqui.inference.topology;

import dev.chasqui.engine.api.GenerationEvent;
import dev.chasqui.engine.api.ModelDescription;
import dev.chasqui.events.AdmissionEvent;
import dev.chasqui.inference.worker.ServedModel;
import dev.chasqui.inference.worker.WorkerPool;
import dev.chasqui.stream.Measured;
import dev.chasqui.stream.Outlet;
import dev.chasqui.stream.TaskPort;
import java.util.Optional;

/**
 * Tells the topic {@code generations} what happens to an answer and keeps it in the ledger, both in
 * the open transaction: first {@code started}, then tokens, then one terminal event. Belongs to the
 * stream thread.
 */
final class AnswerWriter {

  private final TaskPort<?> port;
  private final WorkerPool pool;
  private final Ledger ledger;
  private final Outlet<dev.chasqui.events.GenerationEvent> outlet;

  AnswerWriter(
      TaskPort<?> port,
      WorkerPool pool,
      Ledger ledger,
      Outlet<dev.chasqui.events.GenerationEvent> outlet) {
    this.port = port;
    this.pool = pool;
    this.ledger = ledger;
    this.outlet = outlet;
  }

  /**
   * Makes tokens known.
   *
   * @return {@link Measured.TooLarge} if they were not: the answer has to fail
   */
  Measured tokens(Choice choice, GenerationEvent.Tokens tokens) {
    Answer answer = choice.answer();
    if (!answer.isOpened()
        && open(answer, ledger.request(answer.requestId())) instanceof Measured.TooLarge tooLarge) {
      return tooLarge;
    }
    Measured sent =
        outlet.forward(
            answer.requestId(),
            WireEvents.tokens(answer.requestId(), choice.number(), tokens, port.now()));
    if (sent instanceof Measured.TooLarge) {
      return sent;
    }
    return ledger.append(choice, tokens, origin(answer));
  }

  /** Ends an answer, opening it before where that was not done, and forgets its state. */
  void end(Answer answer, AdmissionEvent admission, Ending ending) {
    String id = answer.requestId();
    if (!answer.isOpened() && open(answer, admission) instanceof Measured.TooLarge) {
      outlet.forward(id, WireEvents.startedWithoutContent(admission, pool.name(), port.now()));
    }
    switch (ending) {
      case Ending.Finished finished ->
          outlet.forward(id, WireEvents.finished(id, finished, port.now()));
      case Ending.Failed failed -> outlet.forward(id, WireEvents.failed(id, failed, port.now()));
    }
    ledger.delete(id);
  }

  /** Tells those who may still hold an answer that a cancellation came behind its end. */
  void stopMissed(String requestId, String reason) {
    outlet.forward(requestId, WireEvents.stopMissed(requestId, reason, port.now()));
  }

  private Measured open(Answer answer, AdmissionEvent admission) {
    Measured sent =
        outlet.forward(
            answer.requestId(),
            WireEvents.started(admission, model(answer), pool.name(), port.now()));
    if (sent instanceof Measured.Fits) {
      answer.open();
    }
    return sent;
  }

  private Ledger.Origin origin(Answer answer) {
    Optional<String> adapter = answer.request().adapter();
    return model(answer)
        .map(model -> new Ledger.Origin(model.modelHash(), model.adapterHash(adapter)))
        .orElse(new Ledger.Origin("", ""));
  }

  private Optional<ModelDescription> model(Answer answer) {
    return pool.model(answer.request().model()).map(ServedModel::description);
  }
}
