package dev.chasqui.cli.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chasqui.cli.CommandException;
import dev.chasqui.engine.api.TokenIds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JsonRowsTests {

  @TempDir Path directory;

  @Test
  void keepsTheFieldsOfARowAndPutsResultsIn() throws Exception {
    Path in = file("{\"id\": 7, \"tokens\": [1, 2]}\n\n{\"tokens\": []}\n");
    List<JsonRows.Row> rows = JsonRows.read(in);
    Path out = directory.resolve("out.jsonl");

    JsonRows.write(
        out,
        sink -> {
          for (JsonRows.Row row : rows) {
            sink.write(row.fields().put("size", row.tokens("tokens").size()));
          }
        });

    assertThat(out)
        .hasContent("{\"id\":7,\"tokens\":[1,2],\"size\":2}\n{\"tokens\":[],\"size\":0}");
    assertThat(rows.getFirst().tokens("tokens")).isEqualTo(TokenIds.of(1, 2));
  }

  @Test
  void namesTheLineThatIsNoJson() throws Exception {
    Path in = file("{\"a\": 1}\n{\"a\": \n");

    assertThatThrownBy(() -> JsonRows.read(in))
        .isInstanceOf(CommandException.class)
        .hasMessageContaining("line 2");
  }

  @Test
  void namesTheFieldThatIsOfTheWrongKind() throws Exception {
    JsonRows.Row row = JsonRows.read(file("{\"tokens\": [1, -2], \"text\": 3}")).getFirst();

    assertThatThrownBy(() -> row.tokens("tokens"))
        .hasMessage("line 1: tokens is [1,-2]; it must be a list of token ids.");
    assertThatThrownBy(() -> row.text("text")).hasMessage("line 1: text is 3; it must be a text.");
    assertThatThrownBy(() -> row.text("missing")).isInstanceOf(CommandException.class);
  }

  @Test
  void keepsARowOnOneLineForEveryReader() throws Exception {
    Path in = file("{\"text\": \"é\\u0085\\u2028\\u2029\\ud83d\\ude00\\ud83d\"}");
    JsonRows.Row row = JsonRows.read(in).getFirst();
    Path out = directory.resolve("out.jsonl");

    JsonRows.write(out, sink -> sink.write(row.fields()));

    assertThat(Files.readString(out))
        .isEqualTo("{\"text\":\"é\\u0085\\u2028\\u2029\ud83d\ude00\\ud83d\"}\n");
    assertThat(JsonRows.read(out).getFirst().text("text")).isEqualTo(row.text("text"));
  }

  @Test
  void leavesNoHalfFileBehindWhenARowFails() {
    Path out = directory.resolve("out.jsonl");

    assertThatThrownBy(() ->
            JsonRows.write(
                out,
                sink -> {
                  sink.write(JsonRows.object());
                  throw new IOException("broken");
                }))
        .isInstanceOf(IOException.class);
    assertThat(directory).isEmptyDirectory();
  }

  private Path file(String content) throws IOException {
    return Files.writeString(directory.resolve("in.jsonl"), content);
  }
}
