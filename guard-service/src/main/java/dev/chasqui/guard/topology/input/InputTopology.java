package dev.chasqui.guard.topology.input;

import dev.chasqui.events.Admitted;
import dev.chasqui.events.CancellationRequested;
import dev.chasqui.events.PromptSubmitted;
import dev.chasqui.events.ReviewEvent;
import dev.chasqui.guard.classifier.Subject;
import dev.chasqui.guard.topology.GuardObserver;
import dev.chasqui.guard.topology.GuardSetup;
import dev.chasqui.guard.topology.GuardState;
import dev.chasqui.guard.topology.Wiring;
import dev.chasqui.guard.topology.judging.GuardDesk;
import dev.chasqui.guard.topology.judging.JudgingCase;
import dev.chasqui.guard.topology.judging.Judgings;
import dev.chasqui.guard.topology.judging.Signal;
import dev.chasqui.guard.topology.state.SeenPrompt;
import dev.chasqui.guard.topology.wire.Conversations;
import dev.chasqui.schemas.serde.RecordDecoder;
import dev.chasqui.schemas.topics.TopicRole;
import dev.chasqui.stream.AsyncProcessor;
import dev.chasqui.stream.CommitPace;
import dev.chasqui.stream.Inlet;
import dev.chasqui.stream.MeasuredStore;
import dev.chasqui.stream.StateStores;
import dev.chasqui.stream.StreamsSettings;
import dev.chasqui.stream.TaskPort;
import dev.chasqui.stream.TtlSweep;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;

/**
 * Builds the input topology and owns the serdes that its tasks share.
 *
 * <p>Names of nodes and stores are part of the state on disk and in changelogs: they are never
 * changed.
 */
public final class InputTopology implements AutoCloseable {

  private static final String PROCESSOR = "input-guard";
  private static final String SEEN = "seen";
  private static final String SEEN_EXPIRY = "seen-expiry";
  private static final String PENDING = "pending";
  private static final String EARLY_CANCELS = "early-cancels";
  private static final String EARLY_CANCELS_EXPIRY = "early-cancels-expiry";

  private final GuardSetup setup;
  private final GuardDesk desk;
  private final Retention retention;
  private final GuardObserver observer;
  private final RecordDecoder<PromptSubmitted> prompts;
  private final RecordDecoder<CancellationRequested> cancellations;
  private final RecordDecoder<ReviewEvent> decisions;
  private final Wiring wiring;

  /**
   * Prepares the topology.
   *
   * @param setup topics, pools, policies
   * @param desk the guard model; stays the caller's
   * @param retention how long ids are remembered
   * @param observer who watches
   */
  public InputTopology(
      GuardSetup setup, GuardDesk desk, Retention retention, GuardObserver observer) {
    this.setup = setup;
    this.desk = desk;
    this.retention = retention;
    this.observer = observer;
    this.prompts = setup.serdes().decoder(PromptSubmitted.class);
    this.cancellations = setup.serdes().decoder(CancellationRequested.class);
    this.decisions = setup.serdes().decoder(ReviewEvent.class);
    this.wiring = new Wiring(setup);
  }

  /**
   * Builds it.
   *
   * @param pace how often a commit is asked for
   * @return the topology
   */
  public Topology build(CommitPace pace) {
    return build(pace, UnaryOperator.identity());
  }

  Topology build(
      CommitPace pace, UnaryOperator<ProcessorSupplier<byte[], byte[], byte[], byte[]>> wrapper) {
    Topology topology = new Topology();
    topology.addProcessor(
        PROCESSOR,
        wrapper.apply(AsyncProcessor.supplier(StreamsSettings.TURN, pace, this::task)),
        wiring.addSource(topology, TopicRole.PROMPTS),
        wiring.addSource(topology, TopicRole.CANCELLATIONS),
        wiring.addSource(topology, TopicRole.REVIEW_DECISIONS));
    for (String store : List.of(SEEN, SEEN_EXPIRY, PENDING, EARLY_CANCELS, EARLY_CANCELS_EXPIRY)) {
      topology.addStateStore(StateStores.persistent(store), PROCESSOR);
    }
    wiring.addSinks(topology, PROCESSOR);
    return topology;
  }

  @Override
  public void close() {
    prompts.close();
    cancellations.close();
    decisions.close();
    wiring.close();
  }

  private InputTask task(TaskPort<Signal> port) {
    PendingPrompts pending = new PendingPrompts(store(port, PENDING, Admitted.class));
    InputPorts ports = new InputPorts(port, setup, inlets(port), outlets(port), memory(port));
    Judgings judgings =
        new Judgings(
            desk, port, id -> pending.find(id).flatMap(prompt -> judgingCase(prompt, ports)));
    return new InputTask(ports, pending, judgings);
  }

  private static Optional<JudgingCase> judgingCase(Admitted prompt, InputPorts ports) {
    return ports
        .policy(prompt)
        .map(policy ->
            new JudgingCase(
                subject(prompt),
                policy,
                Conversations.parts(prompt.getPrompt()),
                ports.shadows(prompt, policy)));
  }

  private static Subject subject(Admitted prompt) {
    PromptSubmitted asked = prompt.getPrompt();
    return new Subject(asked.getRequestId(), asked.getTenant(), Conversations.turns(asked));
  }

  private InputPorts.Inlets inlets(TaskPort<Signal> port) {
    String deadLetters = TopicRole.DEAD_LETTERS.suffix();
    return new InputPorts.Inlets(
        new Inlet<>(port.context(), prompts, deadLetters, setup.limit()),
        new Inlet<>(port.context(), cancellations, deadLetters, setup.limit()),
        new Inlet<>(port.context(), decisions, deadLetters, setup.limit()),
        desk.mostApart());
  }

  private InputPorts.Outlets outlets(TaskPort<Signal> port) {
    return new InputPorts.Outlets(
        wiring.responses(port),
        wiring.verdicts(port, desk.classifier()),
        wiring.reviews(port),
        wiring.admissions(port),
        observer);
  }

  private InputPorts.Memory memory(TaskPort<Signal> port) {
    return new InputPorts.Memory(
        new SeenPrompts(
            store(port, SEEN, SeenPrompt.class),
            new TtlSweep(port.store(SEEN_EXPIRY)),
            retention.seen()),
        new EarlyCancels(
            store(port, EARLY_CANCELS, CancellationRequested.class),
            new TtlSweep(port.store(EARLY_CANCELS_EXPIRY)),
            retention.earlyCancels()),
        retention);
  }

  private <T extends SpecificRecord> MeasuredStore<String, T> store(
      TaskPort<Signal> port, String name, Class<T> type) {
    return new MeasuredStore<>(
        port.store(name), Serdes.String(), GuardState.of(type), setup.limit());
  }
}
