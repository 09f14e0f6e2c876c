package dev.chasqui.inference.topology;

import dev.chasqui.events.AdmissionEvent;
import dev.chasqui.events.GenerationEvent;
import dev.chasqui.schemas.topics.TopicRole;
import dev.chasqui.stream.AsyncProcessor;
import dev.chasqui.stream.CommitPace;
import dev.chasqui.stream.Inlet;
import dev.chasqui.stream.Outlet;
import dev.chasqui.stream.StateStores;
import dev.chasqui.stream.StreamsSettings;
import java.util.function.UnaryOperator;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;

/** Builds the topology; its node and store names are part of the changelogs' and never change. */
public final class GenerationTopology {

  private static final String SOURCE = "admitted";
  private static final String PROCESSOR = "generate";
  private static final String GENERATIONS = "generations";
  private static final String DEAD_LETTERS = "dead-letters";

  private GenerationTopology() {}

  /**
   * Builds the topology.
   *
   * @param wiring what it is connected to
   * @return for {@code StreamsRun}
   */
  public static Topology build(GenerationWiring wiring) {
    return build(wiring, UnaryOperator.identity());
  }

  static Topology build(
      GenerationWiring wiring,
      UnaryOperator<ProcessorSupplier<byte[], byte[], byte[], byte[]>> wrapping) {
    CommitPace pace = new CommitPace(wiring.pacing().commitInterval());
    ProcessorSupplier<byte[], byte[], byte[], byte[]> generate =
        AsyncProcessor.<EngineNews>supplier(
            StreamsSettings.TURN, pace, port -> new GenerationTask(port, wiring));
    Topology topology = new Topology();
    topology.addSource(
        SOURCE,
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer(),
        wiring.topics().admitted(wiring.pool().name()));
    topology.addProcessor(PROCESSOR, wrapping.apply(generate), SOURCE);
    topology.addStateStore(StateStores.persistent(Ledger.REQUESTS), PROCESSOR);
    topology.addStateStore(StateStores.persistent(Ledger.PROGRESS), PROCESSOR);
    addSink(topology, GENERATIONS, wiring.topics().generations());
    addSink(topology, DEAD_LETTERS, wiring.topics().name(TopicRole.DEAD_LETTERS));
    return topology;
  }

  static Inlet<AdmissionEvent> inlet(
      ProcessorContext<byte[], byte[]> context, GenerationWiring wiring) {
    return new Inlet<>(context, wiring.wire().admissions(), DEAD_LETTERS, wiring.pacing().limit());
  }

  static Outlet<GenerationEvent> outlet(
      ProcessorContext<byte[], byte[]> context, GenerationWiring wiring) {
    return new Outlet<>(
        context,
        new Outlet.Sink(GENERATIONS, wiring.topics().generations()),
        wiring.wire().generations(),
        wiring.pacing().limit());
  }

  private static void addSink(Topology topology, String node, String topic) {
    topology.addSink(node, topic, new ByteArraySerializer(), new ByteArraySerializer(), PROCESSOR);
  }
}
