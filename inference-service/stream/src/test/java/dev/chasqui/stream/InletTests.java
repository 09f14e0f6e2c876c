package dev.chasqui.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.schemas.deadletter.DeadLetter;
import dev.chasqui.schemas.serde.RecordDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Properties;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class InletTests {

  private static final RecordLimit LIMIT = new RecordLimit(2048);
  private static final byte[] KEY = {1, 2};

  private final TopologyTestDriver driver = driver();
  private final TestInputTopic<byte[], byte[]> in =
      driver.createInputTopic("in", new ByteArraySerializer(), new ByteArraySerializer());
  private final TestOutputTopic<byte[], byte[]> letters =
      driver.createOutputTopic("letters", new ByteArrayDeserializer(), new ByteArrayDeserializer());

  @AfterEach
  void close() {
    driver.close();
  }

  @Test
  void putsAnEmptyRecordAsideWithWhereItWas() {
    var headers = new RecordHeaders().add("theirs", new byte[] {7});
    in.pipeInput(new TestRecord<>(KEY, null, headers, Instant.EPOCH));

    var letter = letters.readRecord();
    assertThat(letter.key()).isEqualTo(KEY);
    assertThat(letter.value()).isNull();
    assertThat(letter.headers().lastHeader("theirs").value()).containsExactly(7);
    DeadLetter reason = DeadLetter.read(letter.headers()).orElseThrow();
    assertThat(reason.code()).isEqualTo("empty-record");
    assertThat(reason.source().topic()).isEqualTo("in");
    assertThat(reason.offset()).isZero();
  }

  @Test
  void keepsTheBytesOfWhatItRefuses() {
    byte[] value = "refused".getBytes(StandardCharsets.UTF_8);
    in.pipeInput(KEY, value);
    assertThat(letters.readRecord().value()).isEqualTo(value);
  }

  @Test
  void cutsAValueThatLeavesNoRoomForTheReason() {
    in.pipeInput(KEY, new byte[2000]);
    var letter = letters.readRecord();
    assertThat(LIMIT.measure(letter.key(), letter.value(), letter.headers()))
        .isInstanceOf(Measured.Fits.class);
    assertThat(DeadLetter.read(letter.headers()).orElseThrow().message())
        .startsWith("cut from 2000 bytes; ");
  }

  private static TopologyTestDriver driver() {
    Topology topology = new Topology();
    topology.addSource("source", new ByteArrayDeserializer(), new ByteArrayDeserializer(), "in");
    topology.addProcessor("refuse", Refusing::new, "source");
    topology.addSink(
        "dead", "letters", new ByteArraySerializer(), new ByteArraySerializer(), "refuse");
    Properties properties = new Properties();
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "inlet");
    return new TopologyTestDriver(topology, properties);
  }

  private static final class Refusing extends ContextualProcessor<byte[], byte[], byte[], byte[]> {

    @Override
    public void process(Record<byte[], byte[]> record) {
      var decoder = new RecordDecoder<>(String.class, new StringDeserializer());
      Inlet<String> inlet = new Inlet<>(context(), decoder, "dead", LIMIT);
      inlet.read(record).ifPresent(text -> inlet.putAside(record, "refused", "it is text"));
    }
  }
}
