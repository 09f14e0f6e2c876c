package dev.chasqui.guard.topology;

import dev.chasqui.events.AdmissionEvent;
import dev.chasqui.events.ResponseEvent;
import dev.chasqui.events.ReviewEvent;
import dev.chasqui.events.SafetyVerdict;
import dev.chasqui.guard.classifier.Classifier;
import dev.chasqui.guard.topology.judging.Signal;
import dev.chasqui.guard.topology.wire.Admissions;
import dev.chasqui.guard.topology.wire.Responses;
import dev.chasqui.guard.topology.wire.ReviewEvents;
import dev.chasqui.guard.topology.wire.Verdicts;
import dev.chasqui.schemas.topics.TopicRole;
import dev.chasqui.stream.Outlet;
import dev.chasqui.stream.TaskPort;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.Topology;

/**
 * The sinks that both topologies write to, and the serializers that their tasks share. Nodes are
 * named for the role of their topic, which never changes; topics are named by configuration.
 */
public final class Wiring implements AutoCloseable {

  private final GuardSetup setup;
  private final Serializer<ResponseEvent> responses;
  private final Serializer<SafetyVerdict> verdicts;
  private final Serializer<ReviewEvent> reviews;
  private final Serializer<AdmissionEvent> admissions;

  /**
   * Opens the serializers.
   *
   * @param setup topics, pools and serdes
   */
  public Wiring(GuardSetup setup) {
    this.setup = setup;
    this.responses = setup.serdes().serializer(ResponseEvent.class);
    this.verdicts = setup.serdes().serializer(SafetyVerdict.class);
    this.reviews = setup.serdes().serializer(ReviewEvent.class);
    this.admissions = setup.serdes().serializer(AdmissionEvent.class);
  }

  /**
   * Adds a byte source.
   *
   * @param topology the topology
   * @param role the topic to read
   * @return name of the node
   */
  public String addSource(Topology topology, TopicRole role) {
    var bytes = Serdes.ByteArray().deserializer();
    topology.addSource(role.suffix(), bytes, bytes, setup.topics().name(role));
    return role.suffix();
  }

  /**
   * Adds the byte sinks.
   *
   * @param topology the topology
   * @param processor the node that writes to them
   */
  public void addSinks(Topology topology, String processor) {
    for (TopicRole role :
        List.of(
            TopicRole.RESPONSES, TopicRole.VERDICTS, TopicRole.REVIEWS, TopicRole.DEAD_LETTERS)) {
      addSink(topology, processor, new Outlet.Sink(role.suffix(), setup.topics().name(role)));
    }
    setup.pools().names().forEach(pool -> addSink(topology, processor, admitted(pool)));
  }

  private static void addSink(Topology topology, String processor, Outlet.Sink sink) {
    var bytes = Serdes.ByteArray().serializer();
    topology.addSink(sink.node(), sink.topic(), bytes, bytes, processor);
  }

  /**
   * Opens the way to the readers of answers.
   *
   * @param port the incarnation
   * @return the way
   */
  public Responses responses(TaskPort<Signal> port) {
    return new Responses(outlet(port, sink(TopicRole.RESPONSES), responses), port::now);
  }

  /**
   * Opens the way to the readers of verdicts.
   *
   * @param port the incarnation
   * @param classifier whose model and format are named in each verdict
   * @return the way
   */
  public Verdicts verdicts(TaskPort<Signal> port, Classifier classifier) {
    return new Verdicts(outlet(port, sink(TopicRole.VERDICTS), verdicts), port::now, classifier);
  }

  /**
   * Opens the way to reviewers.
   *
   * @param port the incarnation
   * @return the way
   */
  public ReviewEvents reviews(TaskPort<Signal> port) {
    return new ReviewEvents(outlet(port, sink(TopicRole.REVIEWS), reviews), port::now);
  }

  /**
   * Opens the ways to the pools.
   *
   * @param port the incarnation
   * @return the ways
   */
  public Admissions admissions(TaskPort<Signal> port) {
    Map<String, Outlet<AdmissionEvent>> outlets =
        setup.pools().names().stream()
            .collect(
                Collectors.toMap(
                    Function.identity(), pool -> outlet(port, admitted(pool), admissions)));
    return new Admissions(outlets, port::now);
  }

  @Override
  public void close() {
    responses.close();
    verdicts.close();
    reviews.close();
    admissions.close();
  }

  private <T> Outlet<T> outlet(TaskPort<Signal> port, Outlet.Sink sink, Serializer<T> serializer) {
    return new Outlet<>(port.context(), sink, serializer, setup.limit());
  }

  private Outlet.Sink sink(TopicRole role) {
    return new Outlet.Sink(role.suffix(), setup.topics().name(role));
  }

  private Outlet.Sink admitted(String pool) {
    return new Outlet.Sink("admitted-" + pool, setup.topics().admitted(pool));
  }
}
