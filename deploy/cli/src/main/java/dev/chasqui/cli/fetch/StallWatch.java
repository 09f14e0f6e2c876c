package dev.chasqui.cli.fetch;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Reads a stream and gives it up when nothing comes for too long: a connection that hangs would
 * else be waited for without end. A thread of its own closes the stream under the reader.
 */
final class StallWatch implements AutoCloseable {

  private final InputStream stream;
  private final Duration limit;
  private final CountDownLatch done = new CountDownLatch(1);
  private volatile long lastNanos = System.nanoTime();
  private volatile boolean stalled;

  /**
   * Begins to watch.
   *
   * @param stream what is read; closed with this
   * @param limit how long nothing may come
   */
  StallWatch(InputStream stream, Duration limit) {
    this.stream = stream;
    this.limit = limit;
    Thread.ofVirtual().name("chasqui-stall-watch").start(this::watch);
  }

  /**
   * Reads as a stream does.
   *
   * @param buffer gets the bytes
   * @return how many came, or -1 at the end
   * @throws IOException also if nothing came for too long
   */
  int read(byte[] buffer) throws IOException {
    try {
      int count = stream.read(buffer);
      lastNanos = System.nanoTime();
      if (!stalled) {
        return count;
      }
    } catch (IOException e) {
      if (!stalled) {
        throw e;
      }
    }
    throw new IOException("nothing came for %d s".formatted(limit.toSeconds()));
  }

  private void watch() {
    try {
      long left = limit.toNanos();
      while (left > 0 && !done.await(left, TimeUnit.NANOSECONDS)) {
        left = limit.toNanos() - (System.nanoTime() - lastNanos);
      }
      if (left <= 0) {
        stalled = true;
        stream.close();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      // The reader is told all the same.
    }
  }

  @Override
  public void close() throws IOException {
    done.countDown();
    stream.close();
  }
}
