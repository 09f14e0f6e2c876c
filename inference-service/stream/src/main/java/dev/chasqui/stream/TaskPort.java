package dev.chasqui.stream;

import java.time.Instant;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * What an {@link AsyncTask} sees of Kafka Streams and of the world outside. Lives as long as one
 * incarnation and belongs to its stream thread.
 *
 * @param <E> events from outside
 */
public final class TaskPort<E> {

  private final ProcessorContext<byte[], byte[]> context;
  private final Mailbox<E> mailbox = new Mailbox<>();
  private final OpenCalls calls = new OpenCalls();
  private final CommitPacer commits;

  TaskPort(ProcessorContext<byte[], byte[]> context, CommitPace pace) {
    this.context = context;
    this.commits = pace.pacer(context::commit);
  }

  /** Returns the way into this incarnation's mailbox, for engine threads. */
  public Mailbox.Sender<E> sender() {
    return mailbox.sender();
  }

  /** Returns the open calls: whatever is in there is cancelled when the incarnation ends. */
  public OpenCalls calls() {
    return calls;
  }

  /** Returns the way to ask for a commit. */
  public CommitPacer commits() {
    return commits;
  }

  /**
   * Returns a store of the topology.
   *
   * @param name the name that {@link StateStores} was given
   * @return keys and values as bytes
   */
  public KeyValueStore<Bytes, byte[]> store(String name) {
    return context.getStateStore(name);
  }

  /** Returns the context of the processor, for record metadata and forwarding. */
  public ProcessorContext<byte[], byte[]> context() {
    return context;
  }

  /** Returns the wall clock as Kafka Streams sees it. */
  public Instant now() {
    return Instant.ofEpochMilli(context.currentSystemTimeMs());
  }

  Mailbox<E> mailbox() {
    return mailbox;
  }

  void close() {
    mailbox.close();
    calls.cancelAll();
  }
}
