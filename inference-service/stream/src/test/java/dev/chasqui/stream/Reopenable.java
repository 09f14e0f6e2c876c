package dev.chasqui.stream;

import java.util.Arrays;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Closes a processor and calls {@code init} on it again inside a running test driver, as Kafka
 * Streams does after an aborted transaction. The caller has rolled the stores back.
 */
public final class Reopenable implements Processor<byte[], byte[], byte[], byte[]> {

  private static final byte[] MARK = {0, 'r', 'e', 'o', 'p', 'e', 'n'};

  private final Processor<byte[], byte[], byte[], byte[]> processor;
  private ProcessorContext<byte[], byte[]> context;

  private Reopenable(Processor<byte[], byte[], byte[], byte[]> processor) {
    this.processor = processor;
  }

  /**
   * Wraps the supplier of a processor.
   *
   * @param supplier what a topology would be given
   * @return what a test gives it
   */
  public static ProcessorSupplier<byte[], byte[], byte[], byte[]> of(
      ProcessorSupplier<byte[], byte[], byte[], byte[]> supplier) {
    return () -> new Reopenable(supplier.get());
  }

  /**
   * Closes the processor and opens it again.
   *
   * @param driver the running topology
   * @param topic an input topic of the processor
   */
  public static void reopen(TopologyTestDriver driver, String topic) {
    driver
        .createInputTopic(topic, new ByteArraySerializer(), new ByteArraySerializer())
        .pipeInput(MARK, MARK);
  }

  @Override
  public void init(ProcessorContext<byte[], byte[]> context) {
    this.context = context;
    processor.init(context);
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    if (Arrays.equals(record.key(), MARK)) {
      processor.close();
      processor.init(context);
    } else {
      processor.process(record);
    }
  }

  @Override
  public void close() {
    processor.close();
  }
}
