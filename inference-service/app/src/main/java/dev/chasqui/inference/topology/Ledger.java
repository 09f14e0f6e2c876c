package dev.chasqui.inference.topology;

import dev.chasqui.engine.api.GenerationEvent;
import dev.chasqui.engine.api.TokenIds;
import dev.chasqui.events.AdmissionEvent;
import dev.chasqui.inference.topology.state.ProgressChunk;
import dev.chasqui.stream.AppendLog;
import dev.chasqui.stream.Measured;
import dev.chasqui.stream.MeasuredStore;
import dev.chasqui.stream.RecordLimit;
import dev.chasqui.stream.StateSchemas;
import dev.chasqui.stream.StateSerde;
import dev.chasqui.stream.TaskPort;
import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.common.serialization.Serdes;

/** The two stores of a generation. Belongs to the stream thread. */
final class Ledger {

  static final String REQUESTS = "requests";
  static final String PROGRESS = "progress";

  private final MeasuredStore<String, AdmissionEvent> requests;
  private final AppendLog<ProgressChunk> progress;

  Ledger(TaskPort<?> port, RecordLimit limit) {
    requests =
        new MeasuredStore<>(
            port.store(REQUESTS),
            Serdes.String(),
            StateSerde.of(
                AdmissionEvent.class, StateSchemas.of(Ledger.class, AdmissionEvent.class)),
            limit);
    progress =
        new AppendLog<>(
            port.store(PROGRESS),
            StateSerde.of(ProgressChunk.class, StateSchemas.of(Ledger.class, ProgressChunk.class)),
            limit);
  }

  /**
   * What began an answer.
   *
   * @param modelHash the model; empty where nothing was begun
   * @param adapterHash its adapter; empty without one
   */
  record Origin(String modelHash, String adapterHash) {

    @Override
    public String toString() {
      return adapterHash.isEmpty() ? modelHash : modelHash + " with adapter " + adapterHash;
    }
  }

  /**
   * What was made known of a choice.
   *
   * @param tokenIds its tokens
   * @param origin what began it
   */
  record Progress(TokenIds tokenIds, Origin origin) {

    boolean isEmpty() {
      return tokenIds.isEmpty();
    }
  }

  Measured put(AdmissionEvent admission) {
    return requests.put(admission.getRequestId(), admission);
  }

  AdmissionEvent request(String requestId) {
    return requests
        .get(requestId)
        .orElseThrow(
            () -> new IllegalStateException("request " + requestId + " is not in its store"));
  }

  void forEachRequest(Consumer<AdmissionEvent> reader) {
    requests.forEach((id, admission) -> reader.accept(admission));
  }

  /** Returns how far each choice of an answer is. */
  List<Progress> progress(Answer answer) {
    return answer.choices().stream()
        .map(choice -> progress(answer.requestId(), choice.number()))
        .toList();
  }

  private Progress progress(String requestId, int choice) {
    List<ProgressChunk> chunks = progress.read(requestId, choice);
    if (chunks.isEmpty()) {
      return new Progress(TokenIds.empty(), new Origin("", ""));
    }
    int[] ids =
        chunks.stream()
            .flatMapToInt(chunk -> chunk.getTokenIds().stream().mapToInt(Integer::intValue))
            .toArray();
    ProgressChunk first = chunks.getFirst();
    Origin origin = new Origin(first.getModelHash(), first.getAdapterHash());
    return new Progress(TokenIds.of(ids), origin);
  }

  /**
   * Appends tokens.
   *
   * @param origin kept with the first ones
   */
  Measured append(Choice choice, GenerationEvent.Tokens tokens, Origin origin) {
    ProgressChunk chunk =
        new ProgressChunk(
            tokens.tokenIds().stream().boxed().toList(),
            tokens.sequence() == 0 ? origin.modelHash() : "",
            tokens.sequence() == 0 ? origin.adapterHash() : "");
    AppendLog.Place place =
        new AppendLog.Place(choice.answer().requestId(), choice.number(), tokens.sequence());
    return progress.append(place, chunk);
  }

  void delete(String requestId) {
    requests.delete(requestId);
    progress.delete(requestId);
  }
}
