package dev.chasqui.inference.topology;

import dev.chasqui.events.AdmissionEvent;
import dev.chasqui.events.GenerationEvent;
import dev.chasqui.inference.worker.WorkerPool;
import dev.chasqui.schemas.serde.RecordDecoder;
import dev.chasqui.schemas.topics.Topics;
import dev.chasqui.stream.RecordLimit;
import java.time.Duration;
import org.apache.kafka.common.serialization.Serializer;

/**
 * What a generation topology is connected to.
 *
 * @param topics names of the topics
 * @param pool who answers; its name is part of the input topic's
 * @param wire how events are read and written
 * @param pacing how often is committed, and how large a record may be
 * @param observer hears how answers go
 */
public record GenerationWiring(
    Topics topics, WorkerPool pool, Wire wire, Pacing pacing, AnswerObserver observer) {

  /**
   * How events are read and written; safe for use by several stream threads, closed by the caller.
   *
   * @param admissions reads the input
   * @param generations writes the output
   */
  public record Wire(
      RecordDecoder<AdmissionEvent> admissions, Serializer<GenerationEvent> generations) {}

  /**
   * How often is committed, and how large a record may be.
   *
   * @param commitInterval least time between two commits of a stream thread
   * @param limit the producer's limit
   */
  public record Pacing(Duration commitInterval, RecordLimit limit) {}
}
