package dev.chasqui.guard.publication;

import dev.chasqui.events.PolicyEvent;
import dev.chasqui.guard.policy.Policies;
import dev.chasqui.guard.publication.PolicyLedger.Refusal;
import dev.chasqui.schemas.serde.DecodeOutcome;
import dev.chasqui.schemas.serde.RecordDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the topic of policies, only what is committed, from its beginning on. Whatever goes wrong
 * with Kafka or the registry is tried again until {@link #close}; what was read stays.
 *
 * <p>{@link #get} may be called from any thread; all else happens on the feed's own.
 */
public final class PolicyFeed implements Supplier<Policies>, AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(PolicyFeed.class);
  private static final Duration TICK = Duration.ofMillis(100);
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Source source;
  private final PolicyLedger ledger;
  private final Consumer<Refusal> observer;
  private final CompletableFuture<Policies> read = new CompletableFuture<>();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread;
  private volatile Policies policies;
  private volatile @Nullable KafkaConsumer<byte[], byte[]> consumer;

  /**
   * Where the events are.
   *
   * @param topic name of the topic of policies
   * @param consumer settings of Kafka's consumer, those for the connection at least
   * @param decoder reads the events; closed by the feed
   */
  public record Source(
      String topic, Map<String, Object> consumer, RecordDecoder<PolicyEvent> decoder) {}

  /**
   * Prepares to read.
   *
   * @param source where the events are
   * @param ledger what there is without them; the feed's from now on
   * @param observer is told of events that are not used; called on the feed's thread
   */
  public PolicyFeed(Source source, PolicyLedger ledger, Consumer<Refusal> observer) {
    this.source = source;
    this.ledger = ledger;
    this.observer = observer;
    this.policies = ledger.policies();
    this.thread = Thread.ofPlatform().daemon().name("policy-feed").unstarted(this::run);
  }

  /** Starts to read; once. */
  public void start() {
    thread.start();
  }

  /** Returns the policies at this moment. */
  @Override
  public Policies get() {
    return policies;
  }

  /**
   * Returns what is completed when all was read that was there when the feed began; on the feed's
   * thread, and never after {@link #close}.
   */
  public CompletableFuture<Policies> read() {
    return read;
  }

  @Override
  public void close() {
    closing.countDown();
    KafkaConsumer<byte[], byte[]> open = consumer;
    if (open != null) {
      open.wakeup();
    }
    try {
      thread.join(PATIENCE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try (RecordDecoder<PolicyEvent> decoder = source.decoder()) {
      while (!isClosing()) {
        try {
          follow(decoder);
        } catch (WakeupException e) {
          log.debug("closing");
        } catch (KafkaException failure) {
          log.warn("policies cannot be read now; tried again in {}: {}", PAUSE, failure.toString());
          pause();
        } catch (RuntimeException failure) {
          log.error("policies cannot be read; tried again in {}", PAUSE, failure);
          pause();
        }
      }
    }
  }

  private void follow(RecordDecoder<PolicyEvent> decoder) {
    try (KafkaConsumer<byte[], byte[]> opened =
        new KafkaConsumer<>(settings(), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      consumer = opened;
      List<TopicPartition> partitions = partitions(opened);
      if (partitions.isEmpty()) {
        log.warn("topic {} does not exist yet", source.topic());
        pause();
        return;
      }
      opened.assign(partitions);
      opened.seekToBeginning(partitions);
      Map<TopicPartition, Long> end = opened.endOffsets(partitions, PATIENCE);
      while (!isClosing()) {
        opened.poll(TICK).forEach(each -> take(decoder, each));
        if (!read.isDone() && isAtEnd(opened, end)) {
          log.info("policies: {}", policies.all().stream().map(each -> each.key()).toList());
          read.complete(policies);
        }
      }
    } finally {
      consumer = null;
    }
  }

  private static boolean isAtEnd(
      KafkaConsumer<byte[], byte[]> opened, Map<TopicPartition, Long> end) {
    return end.entrySet().stream()
        .allMatch(each -> opened.position(each.getKey(), PATIENCE) >= each.getValue());
  }

  private List<TopicPartition> partitions(KafkaConsumer<byte[], byte[]> opened) {
    return Optional.ofNullable(opened.partitionsFor(source.topic(), PATIENCE))
        .orElse(List.of())
        .stream()
        .map(each -> new TopicPartition(each.topic(), each.partition()))
        .toList();
  }

  private void take(RecordDecoder<PolicyEvent> decoder, ConsumerRecord<byte[], byte[]> each) {
    String key = each.key() == null ? "" : new String(each.key(), StandardCharsets.UTF_8);
    Optional<Refusal> refusal =
        switch (decoder.decode(each.topic(), each.headers(), each.value())) {
          case DecodeOutcome.Readable<PolicyEvent>(PolicyEvent event) -> ledger.apply(key, event);
          case DecodeOutcome.Malformed<PolicyEvent>(String code, String message) ->
              Optional.of(new Refusal(code, message));
        };
    refusal.ifPresent(given -> refused(each, given));
    policies = ledger.policies();
  }

  private void refused(ConsumerRecord<byte[], byte[]> each, Refusal refusal) {
    log.error(
        "{}-{} at {}: {}: {}",
        each.topic(),
        each.partition(),
        each.offset(),
        refusal.code(),
        refusal.message());
    observer.accept(refusal);
  }

  private Map<String, Object> settings() {
    Map<String, Object> settings = new HashMap<>(source.consumer());
    settings.put("isolation.level", "read_committed");
    settings.put("enable.auto.commit", "false");
    settings.put("auto.offset.reset", "earliest");
    settings.put("allow.auto.create.topics", "false");
    return settings;
  }

  private boolean isClosing() {
    return closing.getCount() == 0;
  }

  private void pause() {
    try {
      if (closing.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
        log.debug("closing");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      closing.countDown();
    }
  }
}
