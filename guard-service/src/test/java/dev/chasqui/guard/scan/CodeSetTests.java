package dev.chasqui.guard.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.chasqui.guard.scan.Scorecard.Piece;
import dev.chasqui.guard.scan.code.Language;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Measures the rules on the labelled code set and prints precision and recall per language and CWE,
 * for the half that the rules were written with and for the half that was held back.
 */
class CodeSetTests {

  private static final CodeScanner SCANNER = CodeScanner.builtIn();

  @Test
  void findsWhatTheRulesWereWrittenFor() throws IOException {
    Scorecard card = measure(Half.SEEN);

    assertThat(card.recall()).isGreaterThan(0.94);
    assertThat(card.recallOfLabels()).isGreaterThan(0.93);
    assertThat(card.falseAlarms()).isLessThan(0.03);
  }

  @Test
  void findsAsMuchInTheHalfThatWasHeldBack() throws IOException {
    Scorecard card = measure(Half.HELD_BACK);

    assertThat(card.recall()).isGreaterThan(0.88);
    assertThat(card.recallOfLabels()).isGreaterThan(0.88);
    assertThat(card.falseAlarms()).isLessThan(0.03);
  }

  private enum Half {
    SEEN,
    HELD_BACK;

    /** Fixed by the id: the first byte of its SHA-256 is even in the half that was seen. */
    static Half of(String id) {
      try {
        byte[] hash =
            MessageDigest.getInstance("SHA-256").digest(id.getBytes(StandardCharsets.UTF_8));
        return hash[0] % 2 == 0 ? SEEN : HELD_BACK;
      } catch (NoSuchAlgorithmException missing) {
        throw new IllegalStateException("every JDK has SHA-256", missing);
      }
    }
  }

  private static Scorecard measure(Half half) throws IOException {
    Scorecard card = new Scorecard();
    for (JsonNode row : rows()) {
      if (Half.of(row.get("id").asString()) == half) {
        Piece piece = piece(row);
        card.add(piece, SCANNER.scan(piece.code(), piece.language()));
      }
    }
    System.out.println("code set, half " + half);
    card.lines().forEach(System.out::println);
    return card;
  }

  private static List<JsonNode> rows() throws IOException {
    Path set = Path.of(System.getProperty("chasqui.shared", ""), "data/code/code_dev.jsonl");
    assumeThat(set).as("the labelled code set lies outside of the repository").exists();
    List<JsonNode> rows = new ArrayList<>();
    for (String line : Files.readAllLines(set)) {
      rows.add(new JsonMapper().readTree(line));
    }
    return rows;
  }

  private static Piece piece(JsonNode row) {
    Set<String> cwes = new TreeSet<>();
    row.get("cwe").forEach(cwe -> cwes.add(cwe.asString()));
    return new Piece(
        Language.named(row.get("language").asString()).orElseThrow(),
        row.get("label").asString().equals("unsafe"),
        cwes,
        row.get("text").asString());
  }
}
