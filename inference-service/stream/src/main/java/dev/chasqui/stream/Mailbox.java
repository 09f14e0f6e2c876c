package dev.chasqui.stream;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;

/**
 * Events from any thread for one incarnation of a task.
 *
 * <p>Senders are free to outlive it: what they send after {@link #close} is dropped. Reading and
 * closing belong to the stream thread.
 *
 * @param <E> the events
 */
public final class Mailbox<E> {

  private final Queue<E> events = new ConcurrentLinkedQueue<>();
  private volatile boolean open = true;

  /**
   * Puts events in; safe from any thread, never blocks.
   *
   * @param <E> the events
   */
  @FunctionalInterface
  public interface Sender<E> {

    /**
     * Sends an event; does nothing once the task has ended.
     *
     * @param event what happened
     */
    void send(E event);
  }

  /** Returns the way in. */
  public Sender<E> sender() {
    return event -> {
      if (open) {
        events.add(event);
      }
    };
  }

  /**
   * Hands out what is there now, in order; what arrives meanwhile is left for the next time, so a
   * fast sender cannot keep the stream thread.
   *
   * @param reader gets the events
   */
  public void drain(Consumer<E> reader) {
    for (int left = events.size(); left > 0 && open; left--) {
      E event = events.poll();
      if (event == null) {
        return;
      }
      reader.accept(event);
    }
  }

  /** Drops what is there and what will come. */
  public void close() {
    open = false;
    events.clear();
  }
}
