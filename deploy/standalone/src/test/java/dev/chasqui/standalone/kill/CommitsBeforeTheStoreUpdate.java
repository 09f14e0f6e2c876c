package dev.chasqui.standalone.kill;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.processor.internals.DefaultKafkaClientSupplier;

/**
 * Breaks an inference service as if it committed the tokens it forwards before it updates its
 * store: changelog records of the progress go out with the transaction after the tokens' own.
 *
 * <p>Nothing shows while nobody dies. Whoever takes over after a crash misses the progress of the
 * last commit and says its tokens again. Kafka Streams makes the object by its class name; each of
 * its stream threads has a producer of its own.
 */
public final class CommitsBeforeTheStoreUpdate extends DefaultKafkaClientSupplier {

  /** What turns an inference service into the broken build. */
  static final String SETTING =
      "--chasqui.kafka.default.client.supplier=" + CommitsBeforeTheStoreUpdate.class.getName();

  @Override
  public Producer<byte[], byte[]> getProducer(Map<String, Object> settings) {
    return new LateProducer(settings);
  }

  private static final class LateProducer extends KafkaProducer<byte[], byte[]> {

    private final List<Runnable> late = new ArrayList<>();

    LateProducer(Map<String, Object> settings) {
      super(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    @Override
    public void beginTransaction() {
      super.beginTransaction();
      late.forEach(Runnable::run);
      late.clear();
    }

    @Override
    public Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> record, Callback callback) {
      if (!record.topic().endsWith("-progress-changelog")) {
        return super.send(record, callback);
      }
      late.add(() -> super.send(record, callback));
      return new CompletableFuture<>();
    }
  }
}
