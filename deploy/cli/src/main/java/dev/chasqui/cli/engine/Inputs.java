package dev.chasqui.cli.engine;

import dev.chasqui.cli.json.JsonRows;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/** Where the inputs of a command come from. */
sealed interface Inputs<T> {

  /** A single input, from the command line. */
  record One<T>(T input) implements Inputs<T> {}

  /** Rows of a JSONL file, and where they go. */
  record Rows<T>(Path in, Path out) implements Inputs<T> {

    /** Writes all rows after {@code change} has put its result into each. */
    void map(Consumer<JsonRows.Row> change) throws IOException {
      List<JsonRows.Row> rows = JsonRows.read(in);
      JsonRows.write(
          out,
          sink -> {
            for (JsonRows.Row row : rows) {
              change.accept(row);
              sink.write(row.fields());
            }
          });
    }
  }
}
