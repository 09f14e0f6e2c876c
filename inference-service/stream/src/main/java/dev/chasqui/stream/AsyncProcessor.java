package dev.chasqui.stream;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.function.Function;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * Runs an {@link AsyncTask} as a Kafka Streams processor, a fresh one for each {@code init}.
 *
 * @param <E> events from outside
 */
public final class AsyncProcessor<E> implements Processor<byte[], byte[], byte[], byte[]> {

  private final Duration turnInterval;
  private final CommitPace pace;
  private final Function<TaskPort<E>, ? extends AsyncTask<E>> opening;
  private @Nullable Incarnation<E> current;

  private record Incarnation<E>(TaskPort<E> port, AsyncTask<E> task, Cancellable turns) {

    void turn(long nowMillis) {
      Instant now = Instant.ofEpochMilli(nowMillis);
      port.mailbox().drain(task::onEvent);
      task.onTurn(now);
      port.commits().settle(now);
    }

    void close() {
      turns.cancel();
      port.close();
      task.close();
    }
  }

  private AsyncProcessor(
      Duration turnInterval,
      CommitPace pace,
      Function<TaskPort<E>, ? extends AsyncTask<E>> opening) {
    this.turnInterval = turnInterval;
    this.pace = pace;
    this.opening = opening;
  }

  /**
   * Returns a supplier for {@code Topology.addProcessor}; the stores are added to the topology and
   * connected by name as usual.
   *
   * @param <E> events from outside
   * @param turnInterval how often the mailbox is emptied; {@code poll.ms} must not be longer
   * @param pace how often a commit is asked for; one for all tasks of a topology
   * @param opening makes the task of an incarnation; reads the stores
   * @return the supplier
   */
  public static <E> ProcessorSupplier<byte[], byte[], byte[], byte[]> supplier(
      Duration turnInterval,
      CommitPace pace,
      Function<TaskPort<E>, ? extends AsyncTask<E>> opening) {
    return () -> new AsyncProcessor<>(turnInterval, pace, opening);
  }

  @Override
  public void init(ProcessorContext<byte[], byte[]> context) {
    close();
    TaskPort<E> port = new TaskPort<>(context, pace);
    AsyncTask<E> task = opening.apply(port);
    Cancellable turns = context.schedule(turnInterval, PunctuationType.WALL_CLOCK_TIME, this::turn);
    current = new Incarnation<>(port, task, turns);
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    Incarnation<E> incarnation = Objects.requireNonNull(current, "process before init");
    incarnation.task().onRecord(record);
    incarnation.port().commits().wrote();
    incarnation.port().commits().settle(incarnation.port().now());
  }

  private void turn(long nowMillis) {
    if (current != null) {
      current.turn(nowMillis);
    }
  }

  @Override
  public void close() {
    Incarnation<E> incarnation = current;
    current = null;
    if (incarnation != null) {
      incarnation.close();
    }
  }
}
