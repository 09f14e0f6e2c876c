package dev.chasqui.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StreamsRunTests {

  private static final Instant NOW = Instant.parse("2026-11-24T09:00:00Z");
  private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

  @Test
  void dropsLocalStateThatMayHaveMissedDeletions(@TempDir Path directory) throws IOException {
    Path file = Files.writeString(directory.resolve("checkpoint"), "0");
    Files.setLastModifiedTime(file, FileTime.from(NOW.minus(Duration.ofHours(13))));
    assertThat(StreamsRun.isStale(directory, CLOCK)).isTrue();
    Files.setLastModifiedTime(file, FileTime.from(NOW.minus(Duration.ofHours(11))));
    assertThat(StreamsRun.isStale(directory, CLOCK)).isFalse();
  }

  @Test
  void findsNothingToDropWhereThereIsNoState(@TempDir Path directory) {
    assertThat(StreamsRun.isStale(directory.resolve("absent"), CLOCK)).isFalse();
  }

  @Test
  void waitsLongerAfterEachFailureAndStartsAfreshAfterAQuietMinute() {
    Backoff backoff = new Backoff();
    assertThat(backoff.failed(NOW)).hasMillis(100);
    assertThat(backoff.failed(NOW)).hasMillis(200);
    for (int i = 0; i < 10; i++) {
      backoff.failed(NOW);
    }
    assertThat(backoff.failed(NOW)).hasSeconds(5);
    assertThat(backoff.failed(NOW.plusSeconds(61))).hasMillis(100);
  }

  @Test
  void leavesTimeoutsToTheBrokerUnderTheStreamsProtocol() {
    String session = StreamsConfig.mainConsumerPrefix("session.timeout.ms");
    assertThat(properties(Map.of())).containsEntry(session, 6000);
    assertThat(properties(Map.of("group.protocol", "streams"))).doesNotContainKey(session);
  }

  @Test
  void makesPropertiesThatKafkaStreamsAccepts() {
    StreamsConfig config = new StreamsConfig(properties(Map.of("num.standby.replicas", "1")));
    assertThat(config.getString(StreamsConfig.PROCESSING_GUARANTEE_CONFIG))
        .isEqualTo("exactly_once_v2");
    assertThat(config.getInt(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG)).isEqualTo(1);
    assertThat(config.getProducerConfigs("client"))
        .containsEntry("transaction.timeout.ms", 10_000)
        .containsEntry("max.request.size", 1 << 20);
  }

  private static Properties properties(Map<String, String> overrides) {
    StreamsSettings.Sizing sizing = new StreamsSettings.Sizing(1, 1, new RecordLimit(1 << 20));
    return new StreamsSettings("app", "localhost:9092", Path.of("state"), sizing, overrides)
        .properties();
  }
}
