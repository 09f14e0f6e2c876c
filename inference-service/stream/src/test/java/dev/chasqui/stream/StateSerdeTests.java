package dev.chasqui.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chasqui.events.Usage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.message.BinaryMessageEncoder;
import org.junit.jupiter.api.Test;

class StateSerdeTests {

  /** An earlier version of the record: without the field that came later. */
  private static final Schema EARLIER =
      SchemaBuilder.record("Usage")
          .namespace("dev.chasqui.events")
          .fields()
          .requiredInt("promptTokens")
          .requiredInt("completionTokens")
          .endRecord();

  @Test
  void readsWhatItWrote() {
    StateSerde<Usage> serde = StateSerde.of(Usage.class, List.of());
    Usage usage = new Usage(1, 2, 3);
    byte[] bytes = serde.serializer().serialize("store", usage);
    assertThat(serde.deserializer().deserialize("store", bytes)).isEqualTo(usage);
  }

  @Test
  void keepsDeletions() {
    StateSerde<Usage> serde = StateSerde.of(Usage.class, List.of());
    assertThat(serde.serializer().serialize("store", null)).isNull();
    assertThat(serde.deserializer().deserialize("store", (byte[]) null)).isNull();
  }

  @Test
  void startsOnTheStateOfAnEarlierVersion() throws IOException {
    StateSerde<Usage> serde = StateSerde.of(Usage.class, List.of(EARLIER));
    assertThat(serde.deserializer().deserialize("store", earlierEntry()))
        .isEqualTo(new Usage(7, 0, 9));
  }

  @Test
  void saysWhichStoreHoldsWhatItCannotRead() throws IOException {
    StateSerde<Usage> serde = StateSerde.of(Usage.class, List.of());
    byte[] entry = earlierEntry();
    assertThatThrownBy(() -> serde.deserializer().deserialize("app-store", entry))
        .hasMessageContaining("app-store")
        .hasMessageContaining("dev.chasqui.events.Usage");
  }

  private static byte[] earlierEntry() throws IOException {
    GenericRecord earlier = new GenericData.Record(EARLIER);
    earlier.put("promptTokens", 7);
    earlier.put("completionTokens", 9);
    ByteBuffer encoded =
        new BinaryMessageEncoder<GenericRecord>(GenericData.get(), EARLIER).encode(earlier);
    byte[] bytes = new byte[encoded.remaining()];
    encoded.get(bytes);
    return bytes;
  }
}
