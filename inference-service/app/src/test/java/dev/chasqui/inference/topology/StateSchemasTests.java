package dev.chasqui.inference.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.events.AdmissionEvent;
import dev.chasqui.inference.topology.state.ProgressChunk;
import dev.chasqui.stream.StateSchemas;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaNormalization;
import org.junit.jupiter.api.Test;

class StateSchemasTests {

  @Test
  void keepsTheSchemaThatIsWrittenNow() {
    assertKnown(AdmissionEvent.class, AdmissionEvent.getClassSchema());
    assertKnown(ProgressChunk.class, ProgressChunk.getClassSchema());
  }

  @Test
  void canStartOnTheStateOfEveryEarlierVersion() {
    assertReadable(AdmissionEvent.class, AdmissionEvent.getClassSchema());
    assertReadable(ProgressChunk.class, ProgressChunk.getClassSchema());
  }

  private static void assertKnown(Class<?> type, Schema current) {
    List<Long> known =
        StateSchemas.of(Ledger.class, type).stream()
            .map(SchemaNormalization::parsingFingerprint64)
            .toList();
    assertThat(known)
        .as(
            "%s has changed: put its schema beside the earlier ones as state/%s.%d.avsc",
            type.getSimpleName(), type.getSimpleName(), known.size() + 1)
        .contains(SchemaNormalization.parsingFingerprint64(current));
  }

  private static void assertReadable(Class<?> type, Schema current) {
    for (Schema earlier : StateSchemas.of(Ledger.class, type)) {
      assertThat(SchemaCompatibility.checkReaderWriterCompatibility(current, earlier).getType())
          .isEqualTo(SchemaCompatibility.SchemaCompatibilityType.COMPATIBLE);
    }
  }
}
