package dev.chasqui.cli.guard;

import dev.chasqui.cli.json.JsonRows;
import dev.chasqui.guard.scan.CodeScanner;
import dev.chasqui.guard.scan.Finding;
import dev.chasqui.guard.scan.Scorecard;
import dev.chasqui.guard.scan.Scorecard.Piece;
import dev.chasqui.guard.scan.code.Language;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** How right the code scan is on labelled pieces of code, and how long it takes. */
final class CodeEvaluation {

  private static final String CWE = "cwe";
  private static final String LANGUAGE = "language";

  private final Scorecard card = new Scorecard();
  private final double[] milliseconds;

  private CodeEvaluation(List<Piece> pieces) {
    CodeScanner scanner = CodeScanner.builtIn();
    pieces.forEach(piece -> scanner.scan(piece.code(), piece.language())); // the JVM warms up
    milliseconds = new double[pieces.size()];
    for (int i = 0; i < milliseconds.length; i++) {
      Piece piece = pieces.get(i);
      long start = System.nanoTime();
      List<Finding> findings = scanner.scan(piece.code(), piece.language());
      milliseconds[i] = (System.nanoTime() - start) / 1e6;
      card.add(piece, findings);
    }
    Arrays.sort(milliseconds);
  }

  /** Returns whether rows are code: all say in what language and with which weaknesses. */
  static boolean isCode(List<JsonRows.Row> rows) {
    return !rows.isEmpty()
        && rows.stream().allMatch(row -> row.fields().has(CWE) && row.fields().has(LANGUAGE));
  }

  /** Scans all pieces on the caller's thread. */
  static CodeEvaluation of(List<JsonRows.Row> rows) {
    return new CodeEvaluation(rows.stream().map(CodeEvaluation::piece).toList());
  }

  /** Returns a table of languages and weaknesses. */
  String table() {
    String times =
        String.format(
            Locale.ROOT,
            "code scan: %d pieces, one thread: p50 %.2f ms, p99 %.2f ms a piece",
            milliseconds.length,
            percentile(50),
            percentile(99));
    return times + "\n\n" + String.join("\n", card.lines()) + "\n";
  }

  /** Writes everything into an object. */
  void putInto(ObjectNode fields) {
    fields
        .put("pieces", milliseconds.length)
        .put("p50Ms", percentile(50))
        .put("p99Ms", percentile(99))
        .put("recall", card.recall())
        .put("recallOfLabels", card.recallOfLabels())
        .put("falsePositiveRate", card.falseAlarms());
    ArrayNode rows = fields.putArray("rows");
    for (Scorecard.Row row : card.rows()) {
      rows.addObject()
          .put(LANGUAGE, row.language())
          .put(CWE, row.cwe())
          .put("labelled", row.labelled())
          .put("recall", row.recall())
          .put("precision", row.precision());
    }
  }

  /** The smallest time that so many percent of the pieces do not exceed. */
  private double percentile(int percent) {
    int rank = (int) Math.ceil(percent / 100.0 * milliseconds.length);
    return milliseconds[Math.max(1, rank) - 1];
  }

  private static Piece piece(JsonRows.Row row) {
    Set<String> cwes = new TreeSet<>();
    row.fields().get(CWE).valueStream().forEach(cwe -> cwes.add(cwe.asString()));
    Language language =
        Language.named(row.text(LANGUAGE))
            .orElseThrow(() -> row.wrong(LANGUAGE, "a language that the code scan knows"));
    return new Piece(language, EvalCommand.isUnsafe(row), cwes, row.text("text"));
  }
}
