package dev.chasqui.schemas.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class DeadLetterTests {
  private static final DeadLetter LETTER =
      new DeadLetter(
          "malformed-record",
          "the record begins with byte 0x7b",
          new TopicPartition("chasqui.prompts", 3),
          42,
          Instant.parse("2026-11-24T09:00:00.123Z"));

  private static String text(Headers headers, String key) {
    return new String(headers.lastHeader(key).value(), StandardCharsets.UTF_8);
  }

  @Test
  void keepsTheOriginalAndAddsTheReason() {
    ConsumerRecord<byte[], byte[]> original =
        new ConsumerRecord<>("chasqui.prompts", 3, 42, new byte[] {1}, new byte[] {2, 3});
    original.headers().add("trace", new byte[] {9});

    ProducerRecord<byte[], byte[]> letter = LETTER.letter("chasqui.dead-letters", original);

    assertThat(letter.topic()).isEqualTo("chasqui.dead-letters");
    assertThat(letter.partition()).isNull();
    assertThat(letter.key()).containsExactly(1);
    assertThat(letter.value()).containsExactly(2, 3);
    assertThat(letter.headers().lastHeader("trace").value()).containsExactly(9);
    assertThat(text(letter.headers(), "chasqui.error.code")).isEqualTo("malformed-record");
    assertThat(text(letter.headers(), "chasqui.error.message"))
        .isEqualTo("the record begins with byte 0x7b");
    assertThat(text(letter.headers(), "chasqui.error.topic")).isEqualTo("chasqui.prompts");
    assertThat(text(letter.headers(), "chasqui.error.partition")).isEqualTo("3");
    assertThat(text(letter.headers(), "chasqui.error.offset")).isEqualTo("42");
    assertThat(text(letter.headers(), "chasqui.error.time")).isEqualTo("2026-11-24T09:00:00.123Z");
    assertThat(original.headers()).hasSize(1);
  }

  @Test
  void readsTheReasonBack() {
    assertThat(DeadLetter.read(LETTER.headers(new RecordHeaders()))).contains(LETTER);
  }

  @Test
  void findsNoReasonOnOtherRecords() {
    assertThat(DeadLetter.read(new RecordHeaders())).isEqualTo(Optional.empty());
  }

  @Test
  void cutsALongMessage() {
    DeadLetter letter = new DeadLetter("code", "x".repeat(5000), LETTER.source(), 0, LETTER.time());

    assertThat(letter.message()).hasSize(1000).endsWith("x…");
  }
}
