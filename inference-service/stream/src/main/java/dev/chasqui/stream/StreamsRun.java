package dev.chasqui.stream;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A topology at work. A stream thread that fails is replaced after a pause, for as long as this is
 * open: an unreachable broker or registry stops intake and nothing else.
 */
public final class StreamsRun implements AutoCloseable {

  /** How long a changelog keeps a deletion after compaction (Kafka's own default). */
  static final Duration TOMBSTONE_RETENTION = Duration.ofHours(24);

  /**
   * A local store that is older has perhaps missed deletions that its changelog no longer has, and
   * would answer finished requests again; it is dropped and restored in whole.
   */
  private static final Duration OLDEST_LOCAL_STATE = TOMBSTONE_RETENTION.dividedBy(2);

  private static final Duration LONGEST_CLOSE = Duration.ofSeconds(20);
  private static final Logger log = LoggerFactory.getLogger(StreamsRun.class);

  private final KafkaStreams streams;
  private final String applicationId;
  private final Backoff backoff = new Backoff();
  private final CountDownLatch closing = new CountDownLatch(1);

  private StreamsRun(Topology topology, StreamsSettings settings) {
    this.applicationId = settings.applicationId();
    this.streams = new KafkaStreams(topology, settings.properties());
    streams.setUncaughtExceptionHandler(this::replace);
    streams.setGlobalStateRestoreListener(new RestoreLog());
    streams.setStateListener((now, before) -> log.info("{}: {} -> {}", applicationId, before, now));
  }

  /**
   * Starts a topology; returns before it has its partitions.
   *
   * @param topology what to run
   * @param settings how to run it
   * @return the run, to be closed
   */
  public static StreamsRun start(Topology topology, StreamsSettings settings) {
    StreamsRun run = new StreamsRun(topology, settings);
    if (isStale(settings.stateDirectory().resolve(settings.applicationId()), Clock.systemUTC())) {
      log.info(
          "{}: local state is older than {}: restoring", run.applicationId, OLDEST_LOCAL_STATE);
      run.streams.cleanUp();
    }
    run.streams.start();
    return run;
  }

  /** Returns what the run is doing. */
  public KafkaStreams.State state() {
    return streams.state();
  }

  /** Returns the running Kafka Streams, for metrics. */
  public KafkaStreams streams() {
    return streams;
  }

  /** Ends the stream threads, commits what is complete and waits for it, 20 s at most. */
  @Override
  public void close() {
    closing.countDown();
    if (!streams.close(LONGEST_CLOSE)) {
      log.warn("{}: not closed after {}", applicationId, LONGEST_CLOSE);
    }
  }

  private StreamThreadExceptionResponse replace(Throwable failure) {
    Duration wait = backoff.failed(Instant.now());
    log.error("{}: a stream thread failed; replaced in {}", applicationId, wait, failure);
    try {
      if (closing.await(wait.toMillis(), TimeUnit.MILLISECONDS)) {
        return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return StreamThreadExceptionResponse.REPLACE_THREAD;
  }

  static boolean isStale(Path applicationState, Clock clock) {
    if (!Files.isDirectory(applicationState)) {
      return false;
    }
    Instant oldest = clock.instant().minus(OLDEST_LOCAL_STATE);
    try (Stream<Path> files = Files.walk(applicationState)) {
      return files.filter(Files::isRegularFile).noneMatch(file -> isNewer(file, oldest));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the state directory " + applicationState, e);
    }
  }

  private static boolean isNewer(Path file, Instant oldest) {
    try {
      return Files.getLastModifiedTime(file).toInstant().isAfter(oldest);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }
}
