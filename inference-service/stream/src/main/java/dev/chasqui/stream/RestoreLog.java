package dev.chasqui.stream;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.StateRestoreListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes a line when a store has been restored: how much, and in what time. Any thread. */
final class RestoreLog implements StateRestoreListener {

  private static final Logger log = LoggerFactory.getLogger(RestoreLog.class);

  private final Map<TopicPartition, Long> startNanos = new ConcurrentHashMap<>();

  @Override
  public void onRestoreStart(TopicPartition partition, String store, long from, long to) {
    startNanos.put(partition, System.nanoTime());
  }

  @Override
  public void onBatchRestored(TopicPartition partition, String store, long end, long count) {}

  @Override
  public void onRestoreEnd(TopicPartition partition, String store, long total) {
    Long start = startNanos.remove(partition);
    if (start != null && total > 0) {
      Duration taken = Duration.ofNanos(System.nanoTime() - start);
      log.info("{}: restored {} records in {} ms", partition, total, taken.toMillis());
    }
  }
}
