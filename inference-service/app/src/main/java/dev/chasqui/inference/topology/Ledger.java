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

  /** Answers to one prompt; several are not supported yet. */
  private static final int CHOICE = 0;

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
   * What was made known of an answer.
   *
   * @param tokenIds its tokens
   * @param modelHash the model that began it; empty where there are no tokens
   * @param adapterHash its adapter; empty without one
   */
  record Progress(TokenIds tokenIds, String modelHash, String adapterHash) {

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

  Progress progress(String requestId) {
    List<ProgressChunk> chunks = progress.read(requestId, CHOICE);
    if (chunks.isEmpty()) {
      return new Progress(TokenIds.empty(), "", "");
    }
    int[] ids =
        chunks.stream()
            .flatMapToInt(chunk -> chunk.getTokenIds().stream().mapToInt(Integer::intValue))
            .toArray();
    ProgressChunk first = chunks.getFirst();
    return new Progress(TokenIds.of(ids), first.getModelHash(), first.getAdapterHash());
  }

  /**
   * Appends tokens.
   *
   * @param modelHash kept with the first ones
   */
  Measured append(String requestId, GenerationEvent.Tokens tokens, String modelHash) {
    ProgressChunk chunk =
        new ProgressChunk(
            tokens.tokenIds().stream().boxed().toList(),
            tokens.sequence() == 0 ? modelHash : "",
            "");
    return progress.append(new AppendLog.Place(requestId, CHOICE, tokens.sequence()), chunk);
  }

  void delete(String requestId) {
    requests.delete(requestId);
    progress.delete(requestId);
  }
}
