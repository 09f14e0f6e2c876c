package dev.chasqui.cli.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chasqui.cli.CommandException;
import dev.chasqui.cli.json.JsonRows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

class CodeEvaluationTests {

  private static final String WEAK =
      """
      {"text": "import os\\nos.system('ping ' + host)", "label": "unsafe", "language": "python", "cwe": ["CWE-78"]}
      """;
  private static final String MISSED =
      """
      {"text": "x = 1", "label": "unsafe", "language": "python", "cwe": ["CWE-78"]}
      """;
  private static final String SOUND =
      """
      {"text": "x = 1", "label": "safe", "language": "python", "cwe": []}
      """;

  @TempDir private Path directory;

  @Test
  void countsWhatIsFoundByLanguageAndWeakness() throws IOException {
    ObjectNode fields = JsonRows.object();

    CodeEvaluation evaluation = CodeEvaluation.of(rows(WEAK + MISSED + SOUND));
    evaluation.putInto(fields);

    assertThat(fields.path("recall").asDouble()).isEqualTo(0.5);
    assertThat(fields.path("falsePositiveRate").asDouble()).isZero();
    assertThat(fields.path("rows")).hasSize(1);
    assertThat(fields.path("rows").path(0).path("cwe").asString()).isEqualTo("CWE-78");
    assertThat(fields.path("rows").path(0).path("recall").asDouble()).isEqualTo(0.5);
    assertThat(fields.path("rows").path(0).path("precision").asDouble()).isEqualTo(1);
    assertThat(evaluation.table())
        .contains("3 pieces")
        .containsPattern("python +CWE-78 +2 +0.50 +1.00")
        .contains("safe pieces with a finding: 0 of 1");
  }

  @Test
  void knowsCodeByItsLanguageAndWeaknesses() throws IOException {
    assertThat(CodeEvaluation.isCode(rows(WEAK + SOUND))).isTrue();
    assertThat(CodeEvaluation.isCode(rows("{\"text\": \"Hi\", \"label\": \"safe\"}\n"))).isFalse();
    assertThat(CodeEvaluation.isCode(List.of())).isFalse();
  }

  @Test
  void refusesALanguageThatTheScanDoesNotKnow() throws IOException {
    List<JsonRows.Row> rows = rows(SOUND.replace("python", "klingon"));

    assertThatThrownBy(() -> CodeEvaluation.of(rows))
        .isInstanceOf(CommandException.class)
        .hasMessageContaining("language");
  }

  private List<JsonRows.Row> rows(String text) throws IOException {
    return JsonRows.read(Files.writeString(directory.resolve("rows.jsonl"), text));
  }
}
