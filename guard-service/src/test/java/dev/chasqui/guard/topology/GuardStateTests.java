package dev.chasqui.guard.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.events.Admitted;
import dev.chasqui.events.CancellationRequested;
import dev.chasqui.events.GenerationEvent;
import dev.chasqui.events.GenerationStarted;
import dev.chasqui.events.TokensGenerated;
import dev.chasqui.guard.topology.state.AnswerProgress;
import dev.chasqui.guard.topology.state.SeenPrompt;
import dev.chasqui.guard.topology.state.TakenDecisions;
import dev.chasqui.stream.StateSchemas;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.specific.SpecificData;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GuardStateTests {

  @ParameterizedTest
  @ValueSource(
      classes = {
        SeenPrompt.class,
        Admitted.class,
        CancellationRequested.class,
        GenerationStarted.class,
        AnswerProgress.class,
        TakenDecisions.class,
        TokensGenerated.class,
        GenerationEvent.class
      })
  void readsTheStateOfEveryVersionAndKeepsTheSchemaWrittenNow(Class<?> type) {
    Schema current = SpecificData.get().getSchema(type);
    List<Schema> versions = StateSchemas.of(GuardState.class, type);

    assertThat(versions)
        .as(
            "%s has changed: put its schema beside the earlier ones as state/%s.%d.avsc",
            type.getSimpleName(), type.getSimpleName(), versions.size() + 1)
        .extracting(SchemaNormalization::parsingFingerprint64)
        .contains(SchemaNormalization.parsingFingerprint64(current));
    for (Schema earlier : versions) {
      assertThat(SchemaCompatibility.checkReaderWriterCompatibility(current, earlier).getType())
          .isEqualTo(SchemaCompatibility.SchemaCompatibilityType.COMPATIBLE);
    }
  }
}
