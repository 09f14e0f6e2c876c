package dev.chasqui.stream;

import java.time.Instant;
import org.apache.kafka.streams.processor.api.Record;

/**
 * What a topology does with records and late events: one incarnation of one stream task.
 *
 * <p>All methods run on the stream thread and must not wait for anything but the broker and the
 * schema registry. The constructor reads the stores and puts unfinished requests in line again; it
 * does not call an engine yet, since a task whose {@code init} fails is not closed. An exception
 * from any method aborts the transaction and ends the incarnation.
 *
 * @param <E> events from outside
 */
public interface AsyncTask<E> {

  /**
   * Takes an input record.
   *
   * @param record key and value as they were read
   */
  void onRecord(Record<byte[], byte[]> record);

  /**
   * Takes an event from the mailbox.
   *
   * @param event what a sender of this incarnation sent
   */
  void onEvent(E event);

  /**
   * Ends a turn: all events that were waiting have been taken. Time to forward what was gathered,
   * to look at deadlines and to hand over new calls.
   *
   * @param now wall clock
   */
  void onTurn(Instant now);

  /** Releases what is neither an open call nor the mailbox; both have ended by then. */
  default void close() {}
}
