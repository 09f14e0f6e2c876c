package dev.chasqui.guard.topology.output;

import dev.chasqui.events.GenerationEvent;
import dev.chasqui.events.GenerationStarted;
import dev.chasqui.events.ReviewEvent;
import dev.chasqui.events.TokensGenerated;
import dev.chasqui.guard.scan.CodeScanner;
import dev.chasqui.guard.topology.GuardObserver;
import dev.chasqui.guard.topology.GuardSetup;
import dev.chasqui.guard.topology.GuardState;
import dev.chasqui.guard.topology.Wiring;
import dev.chasqui.guard.topology.judging.GuardDesk;
import dev.chasqui.guard.topology.judging.Judgings;
import dev.chasqui.guard.topology.judging.Signal;
import dev.chasqui.guard.topology.state.AnswerProgress;
import dev.chasqui.guard.topology.state.TakenDecisions;
import dev.chasqui.schemas.serde.RecordDecoder;
import dev.chasqui.schemas.topics.TopicRole;
import dev.chasqui.stream.AppendLog;
import dev.chasqui.stream.AsyncProcessor;
import dev.chasqui.stream.CommitPace;
import dev.chasqui.stream.Inlet;
import dev.chasqui.stream.MeasuredStore;
import dev.chasqui.stream.StateStores;
import dev.chasqui.stream.StreamsSettings;
import dev.chasqui.stream.TaskPort;
import dev.chasqui.stream.TtlSweep;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;

/**
 * Builds the output topology and owns the serdes that its tasks share.
 *
 * <p>Names of nodes and stores are part of the state on disk and in changelogs: they are never
 * changed.
 */
public final class OutputTopology implements AutoCloseable {

  /** How much of an answer the guard goes on with when it outgrows its context, by default. */
  public static final int DEFAULT_TAIL_TOKENS = 512;

  private static final String PROCESSOR = "output-guard";
  private static final String CONVERSATIONS = "conversations";
  private static final String ANSWERS = "answers";
  private static final String ANSWER_TOKENS = "answer-tokens";
  private static final String ENDS = "ends";
  private static final String TAKEN = "taken-decisions";
  private static final String TAKEN_EXPIRY = "taken-decisions-expiry";

  private final GuardSetup setup;
  private final GuardDesk desk;
  private final int tailTokens;
  private final CodeWatch code;
  private final GuardObserver observer;
  private final RecordDecoder<GenerationEvent> generations;
  private final RecordDecoder<ReviewEvent> decisions;
  private final Wiring wiring;

  /**
   * Prepares the topology.
   *
   * @param setup topics, pools, policies
   * @param desk the guard model; stays the caller's
   * @param tailTokens how much of an answer the guard goes on with when it outgrows its context, at
   *     least 1
   * @param scanner looks for insecure code
   * @param observer who watches
   */
  public OutputTopology(
      GuardSetup setup,
      GuardDesk desk,
      int tailTokens,
      CodeScanner scanner,
      GuardObserver observer) {
    if (tailTokens < 1) {
      throw new IllegalArgumentException(
          "chasqui.guard.tail-tokens is %d: it must be at least 1. 512 is usual."
              .formatted(tailTokens));
    }
    this.setup = setup;
    this.desk = desk;
    this.tailTokens = tailTokens;
    this.code = new CodeWatch(scanner);
    this.observer = observer;
    this.generations = setup.serdes().decoder(GenerationEvent.class);
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
        wiring.addSource(topology, TopicRole.GENERATIONS),
        wiring.addSource(topology, TopicRole.REVIEW_DECISIONS));
    for (String store : List.of(CONVERSATIONS, ANSWERS, ANSWER_TOKENS, ENDS, TAKEN, TAKEN_EXPIRY)) {
      topology.addStateStore(StateStores.persistent(store), PROCESSOR);
    }
    wiring.addSinks(topology, PROCESSOR);
    return topology;
  }

  @Override
  public void close() {
    generations.close();
    decisions.close();
    wiring.close();
  }

  private OutputTask task(TaskPort<Signal> port) {
    AnswerLedger ledger = ledger(port);
    OutputPorts ports = ports(port);
    Judgings judgings =
        new Judgings(
            desk, port, id -> AnswerRelease.read(ports, ledger, ledger.find(id).orElseThrow()));
    return new OutputTask(ports, ledger, judgings, code);
  }

  private OutputPorts ports(TaskPort<Signal> port) {
    String deadLetters = TopicRole.DEAD_LETTERS.suffix();
    OutputPorts.Outlets outlets =
        new OutputPorts.Outlets(
            wiring.responses(port),
            wiring.verdicts(port, desk.classifier()),
            wiring.reviews(port),
            wiring.admissions(port),
            observer);
    OutputPorts.Inlets inlets =
        new OutputPorts.Inlets(
            new Inlet<>(port.context(), generations, deadLetters, setup.limit()),
            new Inlet<>(port.context(), decisions, deadLetters, setup.limit()),
            decisions,
            setup.topics().reviewDecisions(),
            new TakenReviews(
                store(port, TAKEN, TakenDecisions.class), new TtlSweep(port.store(TAKEN_EXPIRY))));
    return new OutputPorts(port, setup.policies(), inlets, outlets, tailTokens);
  }

  private AnswerLedger ledger(TaskPort<Signal> port) {
    return new AnswerLedger(
        store(port, CONVERSATIONS, GenerationStarted.class),
        store(port, ANSWERS, AnswerProgress.class),
        new AppendLog<>(
            port.store(ANSWER_TOKENS), GuardState.of(TokensGenerated.class), setup.limit()),
        store(port, ENDS, GenerationEvent.class));
  }

  private <T extends SpecificRecord> MeasuredStore<String, T> store(
      TaskPort<Signal> port, String name, Class<T> type) {
    return new MeasuredStore<>(
        port.store(name), Serdes.String(), GuardState.of(type), setup.limit());
  }
}
