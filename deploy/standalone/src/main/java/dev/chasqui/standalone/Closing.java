package dev.chasqui.standalone;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What must be closed, the last opened first. Safe for use by several threads. */
final class Closing implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Closing.class);

  private final Deque<Part> parts = new ArrayDeque<>();

  private record Part(String name, AutoCloseable closeable) {}

  synchronized void add(String name, AutoCloseable closeable) {
    parts.push(new Part(name, closeable));
  }

  /** Closes everything, whatever happens on the way. */
  @Override
  public synchronized void close() {
    while (!parts.isEmpty()) {
      Part part = parts.pop();
      long begin = System.nanoTime();
      try {
        part.closeable().close();
        log.info("{} stopped in {} ms", part.name(), (System.nanoTime() - begin) / 1_000_000);
      } catch (Exception e) {
        log.warn("{} did not stop cleanly", part.name(), e);
      }
    }
  }
}
