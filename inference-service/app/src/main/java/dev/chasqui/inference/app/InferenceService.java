package dev.chasqui.inference.app;

import dev.chasqui.events.AdmissionEvent;
import dev.chasqui.events.GenerationEvent;
import dev.chasqui.inference.topology.AnswerObserver;
import dev.chasqui.inference.topology.GenerationTopology;
import dev.chasqui.inference.topology.GenerationWiring;
import dev.chasqui.inference.worker.WorkerPool;
import dev.chasqui.schemas.serde.EventSerdes;
import dev.chasqui.schemas.serde.RecordDecoder;
import dev.chasqui.service.RunningService;
import dev.chasqui.stream.StreamsRun;
import java.util.Map;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.KafkaStreams;

/** A generation topology at work on a pool; knows no Spring. */
public final class InferenceService implements RunningService {

  private final StreamsRun run;
  private final RecordDecoder<AdmissionEvent> admissions;
  private final Serializer<GenerationEvent> generations;

  private InferenceService(
      StreamsRun run,
      RecordDecoder<AdmissionEvent> admissions,
      Serializer<GenerationEvent> generations) {
    this.run = run;
    this.admissions = admissions;
    this.generations = generations;
  }

  /**
   * Starts; returns before the first partition is assigned.
   *
   * @param settings how to run
   * @param pool who answers; its engines outlive this service
   * @param observer hears how answers go
   * @return the running service, to be closed
   */
  public static InferenceService start(
      InferenceSettings settings, WorkerPool pool, AnswerObserver observer) {
    EventSerdes serdes = new EventSerdes(settings.service().wire().serdes());
    RecordDecoder<AdmissionEvent> admissions = serdes.decoder(AdmissionEvent.class);
    Serializer<GenerationEvent> generations = serdes.serializer(GenerationEvent.class);
    GenerationWiring wiring =
        new GenerationWiring(
            settings.service().wire().topics(),
            pool,
            new GenerationWiring.Wire(admissions, generations),
            new GenerationWiring.Pacing(
                settings.service().commitInterval(), settings.service().streams().sizing().limit()),
            observer);
    StreamsRun run =
        StreamsRun.start(GenerationTopology.build(wiring), settings.service().streams());
    return new InferenceService(run, admissions, generations);
  }

  @Override
  public Map<String, KafkaStreams.State> states() {
    return Map.of("generation", run.state());
  }

  @Override
  public void close() {
    run.close();
    admissions.close();
    generations.close();
  }
}
